/** Prompts and configurations: each combination is one row of a workspace. */
import { createHash } from 'node:crypto';
import { newId } from '../../core/ids.ts';
import type { GenerationConfig, OperationType, Prompt } from '../../generated/prisma/client.ts';
import type { Tx } from '../../platform/database/database.ts';
import { digestOf } from '../idempotency/idempotency-key.ts';
import type { MomentLimits } from './find/finder-input.ts';

/** How moments are to be found. */
export type FindingWay = MomentLimits & {
  /** `LEXICAL`, or a vendor's name of a model. */
  model: string;
  operationType: OperationType;
  userPrompt: string;
  systemPrompt: string;
  temperature: number | null;
  topP: number | null;
  topK: number | null;
};

/** Stores a way of finding in a workspace, unless it is there; within `tx`. Two who store the same at once get the same row. */
export async function keepConfig(tx: Tx, workspaceId: string, way: FindingWay): Promise<GenerationConfig> {
  const { userPrompt, systemPrompt, ...settings } = way;
  const prompt = await keepPrompt(tx, workspaceId, { userPrompt, systemPrompt });
  const configHash = digestOf({ ...settings, promptHash: prompt.promptHash });
  const data = { id: newId(), workspaceId, promptId: prompt.id, ...settings, configHash };
  await tx.generationConfig.createMany({ data, skipDuplicates: true });
  return tx.generationConfig.findUniqueOrThrow({
    where: { workspaceId_configHash: { workspaceId, configHash } },
  });
}

async function keepPrompt(
  tx: Tx,
  workspaceId: string,
  words: Pick<Prompt, 'userPrompt' | 'systemPrompt'>,
): Promise<Prompt> {
  const { systemPrompt, userPrompt } = words;
  // The lengths part the two: other texts that read alike together are another prompt.
  const promptHash = createHash('sha256')
    .update(`${systemPrompt.length}\n${systemPrompt}${userPrompt}`)
    .digest('hex');
  const data = { id: newId(), workspaceId, ...words, promptHash };
  await tx.prompt.createMany({ data, skipDuplicates: true });
  return tx.prompt.findUniqueOrThrow({ where: { workspaceId_promptHash: { workspaceId, promptHash } } });
}

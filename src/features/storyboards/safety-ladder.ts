/** What is tried when a provider's safety filter refuses something of a scene (DOMAIN, Studio step 3). */
import { newId } from '../../core/ids.ts';
import type { PipelineRun, Project, RefusedInput, Scene } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Softening } from '../../providers/provider.ts';
import { getProvider } from '../../providers/registry.ts';
import { warn } from '../runs/run.ts';

/** What the filter refused, and the provider's own words for it. */
export type Refusal = { input: RefusedInput; reason: string };

const NAMES: Readonly<Record<RefusedInput, string>> = {
  PROMPT: 'the words of its clip',
  START_FRAME: 'its first frame',
  END_FRAME: 'its last frame',
  FRAMES: 'a frame of its clip',
  RESULT: 'its clip',
  SOUND: 'the sound of its clip',
  UNKNOWN: 'its clip',
};

const RUNGS: Readonly<Record<1 | 2, string>> = {
  1: 'it is tried again with a softened prompt',
  2: 'it is tried again with a prompt softened more',
};

/** How far a refused scene is softened next; null where nothing is left, or its provider does not soften. */
export function nextRung(
  { softening }: Pick<Scene, 'softening'>,
  { provider }: Pick<Project, 'provider'>,
): Exclude<Softening, 0> | null {
  if (getProvider(provider).softens !== true) return null;
  return softening === 0 ? 1 : softening === 1 ? 2 : null;
}

/**
 * Records a refusal, which costs nothing, and softens the scene's prompts for the next try, all within `tx`. What was
 * refused is the caller's to take back.
 *
 * @returns how far they are softened now; null if the refusal is the last word.
 */
export async function climbSafetyLadder(
  tx: Tx,
  ctx: Ctx,
  run: PipelineRun,
  { id: sceneId, projectId, sceneIndex, softening }: Scene,
  { input, reason }: Refusal,
): Promise<Softening | null> {
  const project = await tx.project.findUniqueOrThrow({ where: { id: projectId } });
  const next = nextRung({ softening }, project);
  await tx.safetyRefusal.create({ data: { id: newId(), sceneId, input, reason, nextSoftening: next } });
  if (next !== null) await tx.scene.update({ where: { id: sceneId }, data: { softening: next } });
  const then = next === null ? 'nothing gentler is left to try' : RUNGS[next];
  const message = `Scene ${sceneIndex + 1}: the safety filter refused ${NAMES[input]}, at no cost; ${then}. It said: ${reason}`;
  await warn(tx, ctx.actor, run, message, { sceneId, input, rung: next, reason, costMicroUsd: 0 });
  return next;
}

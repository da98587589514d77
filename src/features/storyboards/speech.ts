/** What of a scene's narration is spoken, and telling of what is not. */
import { scopesOf } from '../../core/scopes.ts';
import type { PipelineRun, Project, Scene } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Softening } from '../../providers/softening.ts';
import { requireCapability } from '../../providers/registry.ts';
import { type Speech, WHY_UNSPOKEN, type WhyUnspoken } from '../../providers/speech.ts';
import { recordAudit } from '../audit/log/audit.ts';

/** What of a project decides what its clips speak. */
export type SpokenIn = Pick<Project, 'provider' | 'targetClipDuration' | 'clipsFrom' | 'sound'>;

const ALL: readonly WhyUnspoken[] = [];

/**
 * What of a narration the project's provider will speak, as far as is known before the clip is made.
 *
 * @throws {DomainError} `PROVIDER_NOT_CONFIGURED`
 */
export function speechOf(
  { narration, softening }: Pick<Scene, 'narration' | 'softening'>,
  { provider, targetClipDuration: durationSeconds, clipsFrom, sound }: SpokenIn,
): Speech {
  if (narration === null) return { words: null, why: ALL };
  if (!sound) return { words: null, why: ['SOUND_OFF'] };
  const clip = requireCapability(provider, 'CLIP');
  if (!clip.narration) return { words: null, why: ['NO_VOICE'] };
  const order = { narration, durationSeconds, softening: softening as Softening, clipsFrom };
  return clip.speak?.(order) ?? { words: narration, why: ALL };
}

/** The same as a scene's `spokenNarration` has it. */
export const columnOf = ({ words, why }: Speech): string | null => (why.length === 0 ? null : (words ?? ''));

/** The words that a scene's clip is asked to speak; null for none. */
export const spokenOf = ({ narration, spokenNarration }: Pick<Scene, 'narration' | 'spokenNarration'>) =>
  (spokenNarration ?? narration) || null;

/** Whether a person should be told: not of the silence that they asked for. */
export const isToTell = ({ why }: Speech): boolean => why.some((reason) => reason !== 'SOUND_OFF');

/** In a sentence, without saying of which scene. */
export const tellSpeech = ({ words, why }: Speech): string => {
  const reasons = why.map((reason) => WHY_UNSPOKEN[reason]).join(', and ');
  return words === null
    ? `the narration is not spoken: ${reasons}.`
    : `the narration is spoken as "${words}": ${reasons}.`;
};

/** Records that a scene's narration is not spoken as it stands; nothing where it is, or is silent as was asked for. */
export async function recordSpeech(
  tx: Tx,
  actor: Actor,
  run: Pick<PipelineRun, 'id'> | null,
  { id, projectId, sceneIndex, version }: Pick<Scene, 'id' | 'projectId' | 'sceneIndex' | 'version'>,
  speech: Speech,
): Promise<void> {
  if (!isToTell(speech)) return;
  await recordAudit(tx, actor, {
    subject: { type: 'Scene', id },
    scopes: scopesOf({ Project: projectId, PipelineRun: run?.id }),
    eventType: 'ERROR',
    level: 'WARNING',
    version,
    message: `Scene ${sceneIndex + 1}: ${tellSpeech(speech)}`,
    details: { sceneIndex, spokenNarration: columnOf(speech), why: speech.why },
  });
}

/** Writes down what was heard where it is less than was foreseen, and records it. */
export async function keepSpoken(
  tx: Tx,
  actor: Actor,
  run: Pick<PipelineRun, 'id'>,
  scene: Scene,
  words: string | null,
): Promise<void> {
  if (words === spokenOf(scene)) return;
  const spoken: Speech = { words, why: ['TIME'] };
  const data = { spokenNarration: columnOf(spoken), version: { increment: 1 } };
  await recordSpeech(tx, actor, run, await tx.scene.update({ where: { id: scene.id }, data }), spoken);
}

/** What is tried when a provider's safety filter refuses something of a scene (DOMAIN, Studio step 3). */
import { newId } from '../../core/ids.ts';
import type { PipelineRun, Project, RefusedInput, Scene } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Softening } from '../../providers/softening.ts';
import { requireCapability } from '../../providers/registry.ts';
import { inDollars } from '../budget/money.ts';
import { warn } from '../runs/run.ts';
import { columnOf, speechOf, spokenOf, tellSpeech } from './speech.ts';

/** What the filter refused, and the provider's own words for it. */
export type Refusal = {
  input: RefusedInput;
  reason: string;
  /** Whether it is a matter of chance: the very same is tried once more before words are softened. Not unless said. */
  isChance?: boolean;
  /** What the refusal itself cost; nothing unless said. */
  costMicroUsd?: number;
  /** Whether that is the most that it may have cost, for nobody says what it did. */
  isEstimate?: boolean;
};

/** What follows: the same once more, the same without sound, softer words, or nothing. */
export type Rung = 'AS_IT_IS' | 'WITHOUT_SOUND' | Exclude<Softening, 0> | null;

const NAMES: Readonly<Record<RefusedInput, string>> = {
  PROMPT: 'the words of its clip',
  START_FRAME: 'its first frame',
  END_FRAME: 'its last frame',
  FRAMES: 'a frame of its clip',
  RESULT: 'its clip',
  SOUND: 'the sound of its clip',
  UNKNOWN: 'its clip',
};

const RUNGS: Readonly<Record<Exclude<Rung, null>, string>> = {
  AS_IT_IS: 'it is tried once more as it is',
  WITHOUT_SOUND: 'it is tried again without sound, for nobody speaks in it',
  1: 'it is tried again with a softened prompt',
  2: 'it is tried again with a prompt softened more',
};

/** How far a refused scene is softened next; null where nothing is left, or its provider does not soften. */
export function nextRung(
  { softening }: Pick<Scene, 'softening'>,
  { provider }: Pick<Project, 'provider'>,
): Exclude<Softening, 0> | null {
  if (requireCapability(provider, 'CLIP').softens !== true) return null;
  return softening === 0 ? 1 : softening === 1 ? 2 : null;
}

/** Whether a scene's clip may be made without its sound: it has some, nobody speaks, and its provider can. */
const canBeSilent = (
  scene: Pick<Scene, 'narration' | 'spokenNarration' | 'withoutSound'>,
  { provider, sound }: Pick<Project, 'provider' | 'sound'>,
): boolean =>
  sound &&
  !scene.withoutSound &&
  spokenOf(scene) === null &&
  requireCapability(provider, 'CLIP').options?.includes('soundOff') === true;

/** What is tried that is not the same again: no sound where that was refused and none is needed, else gentler words. */
export const changedRung = (
  input: RefusedInput,
  scene: Pick<Scene, 'narration' | 'spokenNarration' | 'withoutSound' | 'softening'>,
  project: Pick<Project, 'provider' | 'sound'>,
): Rung => (input === 'SOUND' && canBeSilent(scene, project) ? 'WITHOUT_SOUND' : nextRung(scene, project));

/** Whether what a filter refused last of a scene was tried once more as it was, and nothing else has changed since. */
export async function wasTriedAsItIs(
  tx: Tx,
  { id: sceneId, softening }: Pick<Scene, 'id' | 'softening'>,
  input: RefusedInput,
): Promise<boolean> {
  const last = await tx.safetyRefusal.findFirst({ where: { sceneId, input }, orderBy: { id: 'desc' } });
  return last?.nextSoftening === softening;
}

/**
 * Records a refusal and softens the scene's prompts for the next try, all within `tx`; of one that is a matter of chance
 * the same is tried once more before. What was refused is the caller's to take back.
 *
 * @returns what is tried next; null if the refusal is the last word.
 */
export async function climbSafetyLadder(
  tx: Tx,
  ctx: Ctx,
  run: PipelineRun,
  scene: Scene,
  { input, reason, isChance = false, costMicroUsd = 0, isEstimate = false }: Refusal,
): Promise<Rung> {
  const { id: sceneId, projectId, sceneIndex, softening } = scene;
  const project = await tx.project.findUniqueOrThrow({ where: { id: projectId } });
  const isRepeated = isChance && !(await wasTriedAsItIs(tx, scene, input));
  const next = isRepeated ? 'AS_IT_IS' : changedRung(input, scene, project);
  const nextSoftening = typeof next === 'string' ? softening : next;
  await tx.safetyRefusal.create({ data: { id: newId(), sceneId, input, reason, nextSoftening } });
  const told = nextSoftening === null ? '' : await soften(tx, scene, project, { next, nextSoftening });
  const cost =
    costMicroUsd === 0 ? 'at no cost' : `for ${isEstimate ? 'up to ' : ''}${inDollars(costMicroUsd)}`;
  const then = next === null ? 'nothing gentler is left to try' : RUNGS[next];
  const message = `Scene ${sceneIndex + 1}: the safety filter refused ${NAMES[input]}, ${cost}; ${then}. ${told}It said: ${reason}`;
  await warn(tx, ctx.actor, run, message, { sceneId, input, rung: next, reason, costMicroUsd, isEstimate });
  return next;
}

/** Has a scene made as gently as the next try asks. @returns what that does to its narration, for a person; empty for nothing. */
async function soften(
  tx: Tx,
  scene: Scene,
  project: Project,
  { next, nextSoftening: softening }: { next: Rung; nextSoftening: number },
): Promise<string> {
  const withoutSound = scene.withoutSound || next === 'WITHOUT_SOUND';
  const speech = softening === scene.softening ? null : speechOf({ ...scene, softening }, project);
  const spokenNarration = speech === null ? scene.spokenNarration : columnOf(speech);
  await tx.scene.update({ where: { id: scene.id }, data: { softening, withoutSound, spokenNarration } });
  return speech !== null && spokenNarration !== scene.spokenNarration ? `Then ${tellSpeech(speech)} ` : '';
}

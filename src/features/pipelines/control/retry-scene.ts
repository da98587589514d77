import { DomainError, refuseIssues } from '../../../core/errors.ts';
import type { PipelineRun, VideoClip } from '../../../generated/prisma/client.ts';
import type { Actor, Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { type Cap, capIssues } from '../../budget/cap.ts';
import { readOpenCalls } from '../../budget/ledger.sql.ts';
import { bookVideoClip, videoClipSubject } from '../../video-clips/video-clip-bill.ts';
import { forgetUnkeptVideoClip } from '../../video-clips/unkept-video-clip.ts';
import { supersedeVideoClip } from '../../video-clips/supersede-video-clip.ts';
import { hasEnded } from '../../video-clips/video-clip.ts';
import { statusWith } from '../../keyframes/keyframe.ts';
import { supersedeFrames } from '../../keyframes/supersede-frame.ts';
import { forgetUnkept } from '../../keyframes/unkept-frame.ts';
import type { Why } from '../../revisions/supersede.ts';
import { moveScene } from '../../storyboards/scene-state.ts';
import { newWords, type SceneWords, staleFrames } from '../../storyboards/scene-words.ts';
import { columnOf, recordSpeech, speechOf } from '../../storyboards/speech.ts';
import { continueHeld } from './continue-held.ts';
import { onceRetried } from '../film/film-work.ts';
import { modelsOfProject } from '../confirm/launch-models.ts';
import { type Redo, redo } from './redo.ts';
import { readScene, type SceneRows } from '../film/scene-rows.ts';
import { visibleScenes } from '../../storyboards/scene.ts';

export type SceneRetry = {
  sceneId: string;
  /** In place of the scene's own; they all stay unless given. */
  words?: SceneWords;
  /** Of the run that does it; its own, or the last one's, unless given. */
  maxCostCents?: Cap | undefined;
  /** Asked again with it, the same run is the answer, and the scene is not made once more. */
  idempotencyKey?: string | null | undefined;
};

/**
 * Makes a scene's clip anew, from the frames it has; missing ones, and those that other words make stale, are drawn
 * first. Its live run does it, or a new one, which also stitches a new film. The old clip stays for the record. Costs
 * what a clip costs, and frames; a clip that is with its provider is waited for instead.
 *
 * @throws {InvalidInputError} naming `maxCostCents`, or the words that are not acceptable.
 * @throws {DomainError} `NOT_FOUND`; `SCENE_COMPLETE` if the scene has its clip and the project a live run (wait for
 * its end); `RUN_IN_PROGRESS` if a live run has the scene before it, or makes no clips, or if there are other words for
 * a clip that is with its provider; `OUTCOME_UNKNOWN` if its clip must be settled first; `INSUFFICIENT_DISK`.
 */
export async function retryScene(
  ctx: Ctx,
  { sceneId, words = {}, maxCostCents, idempotencyKey = null }: SceneRetry,
): Promise<PipelineRun> {
  refuseIssues(capIssues('maxCostCents', maxCostCents ?? null));
  const projectId = await projectOfScene(ctx, sceneId);
  const prepare = (tx: Tx, at: Redo) => prepareScene(tx, ctx, at, sceneId, words);
  const asked = { retryScene: sceneId, words, maxCostCents };
  const request = { asked, key: idempotencyKey };
  const models = await modelsOfProject(ctx, projectId, null, (film) => onceRetried(film, sceneId));
  const run = await redo(ctx, projectId, prepare, { maxCostCents, request, models });
  if (maxCostCents === undefined) return run;
  await continueHeld(ctx, { id: run.id });
  return ctx.db.pipelineRun.findUniqueOrThrow({ where: { id: run.id } });
}

/** Leaves a scene without its clip, and without the frames that other words make stale. */
async function prepareScene(
  tx: Tx,
  { actor }: Ctx,
  { project, live }: Redo,
  sceneId: string,
  words: SceneWords,
): Promise<void> {
  const scene = await readScene(tx, sceneId);
  const changed = newWords(scene, words);
  const names = Object.keys(changed);
  refuse(scene, live);
  const [clip] = scene.clips;
  if (clip && !hasEnded(clip)) {
    if (names.length === 0) return;
    if (!(await isUnbegun(tx, clip))) throw refusal('RUN_IN_PROGRESS', WITH_ITS_PROVIDER);
  }
  const why = whyRetried(names);
  if (clip) await supersede(tx, actor, live, scene, clip, why);
  await tx.safetyRefusal.deleteMany({ where: { sceneId } });
  const speech = speechOf({ ...scene, ...changed, softening: 0 }, project);
  await tx.scene.update({
    where: { id: sceneId },
    data: { ...changed, spokenNarration: columnOf(speech), softening: 0, withoutSound: false },
  });
  const stale = staleFrames(changed);
  await forgetUnkept(tx, sceneId, stale);
  await supersedeFrames(tx, actor, live, scene, stale, why);
  const kept = scene.keyframes.filter(({ position }) => !stale.includes(position));
  const again = names.length > 0 ? `to be made again with another ${names.join(', ')}` : 'to be made again';
  await moveScene(tx, actor, live, scene, statusWith(kept), again);
  if (changed.narration !== undefined) await recordSpeech(tx, actor, live, scene, speech);
}

const WITH_ITS_PROVIDER =
  'The clip of the scene is with its provider; retry it without other words to wait for it.';

/** A clip that its run was cancelled before; nobody makes it, and no provider was asked for it. */
const isUnbegun = async (tx: Tx, { id, status }: VideoClip): Promise<boolean> =>
  status === 'PENDING' && (await readOpenCalls(tx, { subject: videoClipSubject(id) })).length === 0;

const whyRetried = (names: readonly string[]): Why =>
  names.length > 0
    ? { because: 'REWORDED', reason: `The scene is made again with another ${names.join(', ')}.` }
    : { because: 'RETRIED', reason: 'The scene is made again.' };

/** Nobody asks about a clip again that another has replaced: what is still set aside for it waits for a person's word. */
async function supersede(
  tx: Tx,
  actor: Actor,
  live: PipelineRun | null,
  scene: SceneRows,
  clip: VideoClip,
  why: Why,
): Promise<void> {
  await bookVideoClip(tx, actor, clip, 'UNKNOWN');
  await forgetUnkeptVideoClip(tx, clip);
  await supersedeVideoClip(tx, actor, live, scene, clip, why);
}

function refuse({ status, clips: [clip] }: SceneRows, live: PipelineRun | null): void {
  if (clip?.status === 'UNKNOWN')
    throw refusal('OUTCOME_UNKNOWN', 'Settle the clip of the scene first, with settleUnknownVideoClip.');
  if (!live) return;
  if (status === 'VIDEO_DONE')
    throw refusal('SCENE_COMPLETE', 'The scene has its clip; wait for the run to end.');
  if (status !== 'FAILED')
    throw refusal('RUN_IN_PROGRESS', 'The live run has this scene still before it; wait, or resume it.');
}

const refusal = (code: 'OUTCOME_UNKNOWN' | 'SCENE_COMPLETE' | 'RUN_IN_PROGRESS', message: string) =>
  new DomainError(code, message, { path: ['sceneId'] });

async function projectOfScene({ db, actor }: Ctx, sceneId: string): Promise<string> {
  const scene = await db.scene.findFirst({ where: { id: sceneId, ...visibleScenes(actor) } });
  if (!scene) throw new DomainError('NOT_FOUND', 'No such scene.', { path: ['sceneId'] });
  return scene.projectId;
}

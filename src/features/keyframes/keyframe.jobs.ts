/** The step that draws one frame of one scene. */
import { z } from 'zod';
import { scopeOf } from '../../core/scopes.ts';
import {
  KeyframePosition,
  type PipelineRun,
  type Project,
  type Scene,
} from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { throughOutages } from '../../platform/database/outage.ts';
import type { AspectRatio } from '../../providers/aspect-ratio.ts';
import { isBlocked, isInVain, type ProviderError } from '../../providers/provider-error.ts';
import { requireCapability } from '../../providers/registry.ts';
import { type FileKeys, fileKeys } from '../assets/file-keys.ts';
import { type Intent, isFree, paidBefore } from '../budget/reservation.ts';
import { LostGoods, spend } from '../budget/spend.ts';
import { reserve } from '../runs/engine/reserve.ts';
import { defineStep, type WorkCtx } from '../runs/engine/step.ts';
import { settleCall } from '../runs/engine/settle-call.ts';
import { inRateSlot, takeRateSlot } from '../runs/engine/rate-slot.ts';
import { referencesWithFiles } from '../references/references-with-files.ts';
import { takenByFrames } from '../references/reference-rules.ts';
import { requireModels } from '../storyboards/require-models.ts';
import { climbSafetyLadder, nextRung, type Refusal, wasTriedAsItIs } from '../storyboards/safety-ladder.ts';
import { moveScene } from '../storyboards/scene-state.ts';
import { briefOf } from '../storyboards/scene.ts';
import { readDrawing } from './drawing.sql.ts';
import { fitFrame, type FrameNeeds } from './fit-frame.ts';
import { keepFrame, keepLateFrame } from './keep-frame.ts';
import type { Drawing, Drawn } from './drawing.ts';
import { keyframeSubject } from './keyframe-subject.ts';
import { frameAt } from './keyframe.ts';
import { forgetUnkept, FrameLost, keepDrawn, keepUnkept } from './unkept-frame.ts';

const keyframeInput = z.object({ sceneId: z.uuid(), position: z.enum(KeyframePosition) });
type KeyframeInput = z.infer<typeof keyframeInput>;
type Answer = Drawn | { refusal: Omit<Refusal, 'input'> };

/** Pictures that are bought for one frame while none of them fits; ours. */
const MOST_IN_VAIN = 3;

/** Seconds a provider has to draw a frame, where it has no shorter limit of its own; ours. */
const DRAW_LIMIT_SECONDS = 600;

/**
 * Draws a scene's first or last frame. The last one is drawn from the first, and becomes the next
 * scene's first frame in the same transaction, without a call.
 */
export const keyframeStep = defineStep<KeyframeInput, Drawing, Answer>({
  name: 'keyframe',
  input: keyframeInput,
  key: ({ sceneId, position }) => keyframeSubject(sceneId, position),
  retryPolicy: { limit: 6, delaySeconds: 1 },

  buys: {
    call: 'KEYFRAME',
    ask: (ctx, run) => requireModels(ctx, run, ['KEYFRAME', 'CLIP']),
    isFree: ({ purchase }) => isFree(purchase),
    // A late refusal left nothing, and is booked: the frame is asked for again.
    acceptLate: async (tx, ctx, run, drawing, answer) =>
      'refusal' in answer ? undefined : keepLateFrame(tx, ctx, run, drawing, answer),
    bill: async (tx, ctx, run, _input, answer) =>
      'refusal' in answer ? undefined : settleCall(tx, ctx, run, 'KEYFRAME', answer.purchase, answer),
  },

  async begin(tx, ctx, run, { sceneId, position }) {
    const rows = await readDrawing(tx, sceneId, position);
    const { scene, project, keyframes, references } = rows;
    if (frameAt(keyframes, position)) return null;
    if (rows.unkept) {
      await moveScene(tx, ctx.actor, run, scene, 'KEYFRAMES_GENERATING');
      const purchase = paidBefore(keyframeSubject(sceneId, position));
      return { ...rows, position, slot: null, purchase, ...FIRST_TRY };
    }
    const slot = await takeRateSlot(tx, run, project.provider, 'KEYFRAME');
    const purchase = await reserve(tx, run, intentOf(project, sceneId, position, references.length));
    await moveScene(tx, ctx.actor, run, scene, 'KEYFRAMES_GENERATING');
    const before = isFree(purchase) ? FIRST_TRY : await triesBefore(tx, run, scene, position);
    return { ...rows, position, slot, purchase, ...before };
  },

  async work(ctx, drawing, signal) {
    if (drawing.unkept) return keepUnkept(ctx, drawing.unkept, drawing.purchase);
    try {
      return await draw(ctx, drawing, signal);
    } catch (error) {
      if (isBlocked(error) && mayClimb(drawing, error)) return { refusal: refusalOf(error) };
      throw isInVain(error) && drawing.inVain + 1 >= MOST_IN_VAIN ? new LostGoods(error) : error;
    }
  },

  async finish(tx, ctx, run, { sceneId, position }, answer) {
    if ('refusal' in answer) {
      const scene = await refuseFrame(tx, ctx, run, { sceneId, position }, answer.refusal);
      return moveScene(tx, ctx.actor, run, scene, 'PENDING', 'a frame was refused by the safety filter');
    }
    await settleCall(tx, ctx, run, 'KEYFRAME', answer.purchase, answer);
    await keepFrame(tx, ctx, run, sceneId, position, answer);
  },

  async fail(tx, ctx, run, { sceneId, position }, { message, cause }) {
    const scene = isBlocked(cause)
      ? await refuseFrame(tx, ctx, run, { sceneId, position }, refusalOf(cause))
      : await tx.scene.findUniqueOrThrow({ where: { id: sceneId } });
    if (cause instanceof FrameLost) await forgetUnkept(tx, sceneId, [position]);
    await moveScene(tx, ctx.actor, run, scene, 'FAILED', message);
  },
});

type TriesBefore = Pick<Drawing, 'wasRepeated' | 'inVain'>;
const FIRST_TRY: TriesBefore = { wasRepeated: false, inVain: 0 };

/** What was tried for a frame since the scene last got one there. */
async function triesBefore(
  tx: Tx,
  { id: runId }: PipelineRun,
  scene: Scene,
  position: KeyframePosition,
): Promise<TriesBefore> {
  const [newest] = await tx.keyframe.findMany({
    where: { sceneId: scene.id, position },
    orderBy: { revision: 'desc' },
    take: 1,
  });
  const subject = keyframeSubject(scene.id, position);
  const since = newest ? { createdAt: { gt: newest.createdAt } } : {};
  const inVain = await tx.ledgerEntry.count({ where: { subject, runId, kind: 'SETTLE', ...since } });
  return { inVain, wasRepeated: await wasTriedAsItIs(tx, scene, `${position}_FRAME`) };
}

async function draw(ctx: WorkCtx, drawing: Drawing, signal: AbortSignal): Promise<Drawn> {
  const { storage } = ctx;
  const { scene, keyframes, project, sceneCount, position, purchase } = drawing;
  const first = position === 'END' ? frameAt(keyframes, 'START') : undefined;
  const shape = shapeFor(drawing);
  const references = drawing.references.slice(0, takenByFrames(project, drawing.references.length));
  const keys = await fileKeys(ctx.db);
  const files = [...references, ...(first ? [first] : [])].map(({ filePath }) => filePath);
  const drawer = requireCapability(project.provider, 'KEYFRAME');
  return spend(ctx, { purchase, signal, limitSeconds: DRAW_LIMIT_SECONDS }, (pay) =>
    storage.withFiles(files, (paths) =>
      storage.withTemporary('png', async (toFile) => {
        const request = {
          scene: briefOf(scene, project, sceneCount),
          position,
          references: referencesWithFiles(references, paths),
          fromFile: paths[references.length] ?? null,
          toFile,
        };
        const result = await inRateSlot(ctx, drawing.slot, () =>
          pay(async (reservation, options) => {
            const drawn = await drawer.call(request, reservation, options);
            return fitFrame(toFile, drawn, shape, options.signal);
          }),
        );
        const filePath = keyOf(keys, drawing, result.mimeType === 'image/png' ? 'png' : 'jpg');
        await refuseLate(ctx, drawing);
        const drawn = { ...result, filePath, purchase };
        await keepDrawn(ctx, drawing, toFile, drawn);
        return drawn;
      }),
    ),
  );
}

/** What a frame must look like. */
function shapeFor({ project, keyframes, position }: Drawing): FrameNeeds {
  const { aspectRatio, provider } = project;
  const film = requireCapability(provider, 'CLIP').sizes[aspectRatio as AspectRatio];
  if (!film) throw new Error(`${provider} makes no films of ${aspectRatio}.`);
  return { film, other: frameAt(keyframes, position === 'END' ? 'START' : 'END') ?? null };
}

/** @returns the scene as it was before. */
async function refuseFrame(
  tx: Tx,
  ctx: Ctx,
  run: PipelineRun,
  { sceneId, position }: KeyframeInput,
  refusal: Omit<Refusal, 'input'>,
): Promise<Scene> {
  const scene = await tx.scene.findUniqueOrThrow({ where: { id: sceneId } });
  await climbSafetyLadder(tx, ctx, run, scene, { input: `${position}_FRAME`, ...refusal });
  return scene;
}

/** Whether anything is left to try after a refusal. */
const mayClimb = ({ scene, project, wasRepeated }: Drawing, { isChance }: ProviderError): boolean =>
  (isChance && !wasRepeated) || nextRung(scene, project) !== null;

const refusalOf = ({ message: reason, isChance, chargedMicroUsd: costMicroUsd }: ProviderError) => ({
  reason,
  isChance,
  costMicroUsd,
});

const intentOf = (
  { provider, aspectRatio }: Project,
  sceneId: string,
  position: KeyframePosition,
  references: number,
): Intent => ({
  provider,
  call: 'KEYFRAME',
  quote: requireCapability(provider, 'KEYFRAME').quote({
    position,
    aspectRatio: aspectRatio as AspectRatio,
    references: takenByFrames({ provider }, references),
  }),
  subject: keyframeSubject(sceneId, position),
  scopes: [scopeOf('Scene', sceneId)],
});

/** The same when the step is repeated after a crash, another one for every frame that is kept. */
const keyOf = (keys: FileKeys, { project, scene, position, drawnBefore }: Drawing, extension: string) =>
  keys.keyOf(project.workspaceId, `keyframe:${scene.id}:${position}:${drawnBefore}`, extension);

/** A worker that was taken for dead comes too late once another has drawn the frame: its file must stay as it is. */
async function refuseLate({ db }: Pick<Ctx, 'db'>, { scene, position, drawnBefore }: Drawing): Promise<void> {
  // It is paid for: a database that is away for a while is no reason to lose it.
  const drawn = await throughOutages(() => db.keyframe.count({ where: { sceneId: scene.id, position } }));
  if (drawn !== drawnBefore) throw new Error('Another worker has drawn this frame meanwhile.');
}

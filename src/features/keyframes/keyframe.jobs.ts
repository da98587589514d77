/** The step that draws one frame of one scene. */
import type {
  Keyframe,
  KeyframePosition,
  PipelineRun,
  Project,
  Scene,
} from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Receipt } from '../../providers/price.ts';
import type { AspectRatio, KeyframeResult } from '../../providers/provider.ts';
import { getProvider } from '../../providers/registry.ts';
import { type Intent, isFree, keyframeSubject, type Order, reserve } from '../budget/reservation.ts';
import { spend } from '../budget/spend.ts';
import { defineStep } from '../runs/pipeline.ts';
import { settleCall } from '../runs/settle-call.ts';
import { takeTurn } from '../runs/turn.ts';
import { projectPrefix } from '../storyboards/project.ts';
import { moveScene } from '../storyboards/scene-state.ts';
import { briefOf } from '../storyboards/scene.ts';
import { CURRENT, frameAt, insertKeyframe } from './keyframe.ts';

type Input = { sceneId: string; position: KeyframePosition };
type Drawing = {
  scene: Scene & { keyframes: Keyframe[] };
  project: Project;
  sceneCount: number;
  position: KeyframePosition;
  /** How many frames the scene has had at this position. */
  drawnBefore: number;
  order: Order;
};
type Drawn = KeyframeResult & Receipt & { filePath: string; order: Order };

/** Seconds a provider has to draw a frame; ours, several times what a large model takes. */
const DRAW_LIMIT_SECONDS = 120;

/**
 * Draws a scene's first or last frame. The last one is drawn from the first, and becomes the next
 * scene's first frame in the same transaction, without a call.
 */
export const keyframeStep = defineStep<Input, Drawing, Drawn>({
  name: 'keyframe',
  tries: { limit: 6, delaySeconds: 1 },

  async begin(tx, ctx, run, { sceneId, position }) {
    const scene = await tx.scene.findUniqueOrThrow({
      where: { id: sceneId },
      include: { keyframes: { where: CURRENT } },
    });
    if (frameAt(scene.keyframes, position)) return null;
    const { projectId } = scene;
    const project = await tx.project.findUniqueOrThrow({ where: { id: projectId } });
    await takeTurn(tx, run, project.provider, 'KEYFRAME');
    const order = await reserve(tx, run, intentOf(project, sceneId, position));
    await moveScene(tx, ctx.actor, run, scene, 'KEYFRAMES_GENERATING');
    const sceneCount = await tx.scene.count({ where: { projectId } });
    const drawnBefore = await tx.keyframe.count({ where: { sceneId, position } });
    return { scene, project, sceneCount, position, drawnBefore, order };
  },

  async work(ctx, drawing, signal) {
    const { storage } = ctx;
    const { scene, project, sceneCount, position, order } = drawing;
    const first = position === 'END' ? frameAt(scene.keyframes, 'START') : undefined;
    const provider = getProvider(project.provider);
    return spend(ctx, { order, signal, limitSeconds: DRAW_LIMIT_SECONDS }, (pay) =>
      storage.withFiles(first ? [first.filePath] : [], ([fromFile = null]) =>
        storage.withTemporary('png', async (toFile) => {
          const request = { scene: briefOf(scene, project, sceneCount), position, fromFile, toFile };
          const result = await pay((reservation, options) =>
            provider.drawKeyframe(request, reservation, options),
          );
          const filePath = keyOf(drawing, result.mimeType === 'image/png' ? 'png' : 'jpg');
          await refuseLate(ctx, drawing);
          await storage.keep(toFile, filePath);
          return { ...result, filePath, order };
        }),
      ),
    );
  },

  async finish(tx, ctx, run, { sceneId, position }, drawn) {
    await settleCall(tx, ctx, run, 'KEYFRAME', drawn.order, drawn);
    await keep(tx, ctx, run, sceneId, position, drawn);
    await settleScene(tx, ctx, run, sceneId);
  },

  async fail(tx, ctx, run, { sceneId }, { message }) {
    const scene = await tx.scene.findUniqueOrThrow({ where: { id: sceneId } });
    await moveScene(tx, ctx.actor, run, scene, 'FAILED', message);
  },

  isFree: ({ order }) => isFree(order),
  late: keepLateFrame,
});

const intentOf = (
  { provider, aspectRatio }: Project,
  sceneId: string,
  position: KeyframePosition,
): Intent => ({
  provider,
  call: 'KEYFRAME',
  quote: getProvider(provider).quotes.KEYFRAME({ position, aspectRatio: aspectRatio as AspectRatio }),
  subject: keyframeSubject(sceneId, position),
  sceneId,
});

/** Writes the frame, and what follows from it for the next scene. */
async function keep(
  tx: Tx,
  ctx: Ctx,
  run: PipelineRun,
  sceneId: string,
  position: KeyframePosition,
  { promptUsed, filePath, mimeType, width, height }: Drawn,
): Promise<void> {
  const scene = await tx.scene.findUniqueOrThrow({ where: { id: sceneId } });
  const { projectId, sceneIndex } = scene;
  const picture = { filePath, mimeType, width, height, promptUsed };
  const subject = { projectId, runId: run.id, sceneIndex };
  await insertKeyframe(tx, ctx.actor, subject, { ...picture, sceneId, position, source: 'GENERATED' });
  if (position === 'END') await handDown(tx, ctx, run.id, scene, picture);
}

/**
 * The run was stopped, or this worker was thought dead, while the provider drew. The bill is settled, and the frame
 * kept where none has taken its place; a scene that was given up meanwhile can go on.
 */
async function keepLateFrame(
  tx: Tx,
  ctx: Ctx,
  run: PipelineRun,
  { scene: { id: sceneId }, position, drawnBefore }: Drawing,
  drawn: Drawn,
): Promise<void> {
  await settleCall(tx, ctx, run, 'KEYFRAME', drawn.order, drawn);
  const scene = await tx.scene.findUnique({ where: { id: sceneId } });
  if (!scene || (await tx.keyframe.count({ where: { sceneId, position } })) !== drawnBefore) return;
  await keep(tx, ctx, run, sceneId, position, drawn);
  if (scene.status === 'FAILED') await moveScene(tx, ctx.actor, run, scene, 'PENDING', 'its frame came late');
  if ((await tx.keyframe.count({ where: { sceneId, ...CURRENT } })) < 2) return;
  const now = await tx.scene.findUniqueOrThrow({ where: { id: sceneId } });
  await moveScene(tx, ctx.actor, run, now, 'KEYFRAMES_GENERATING');
  await settleScene(tx, ctx, run, sceneId);
}

/** The same when the step is repeated after a crash, another one for every frame that is kept. */
const keyOf = ({ project, scene, position, drawnBefore }: Drawing, extension: string) =>
  `${projectPrefix(project)}/keyframes/${scene.id}-${position}-${drawnBefore}.${extension}`;

/** A worker that was taken for dead comes too late once another has drawn the frame: its file must stay as it is. */
async function refuseLate({ db }: Ctx, { scene, position, drawnBefore }: Drawing): Promise<void> {
  const drawn = await db.keyframe.count({ where: { sceneId: scene.id, position } });
  if (drawn !== drawnBefore) throw new Error('Another worker has drawn this frame meanwhile.');
}

type Picture = Pick<Keyframe, 'filePath' | 'mimeType' | 'width' | 'height' | 'promptUsed'>;

/** The end of a scene is the start of the next (DOMAIN, Studio step 2). */
async function handDown(tx: Tx, ctx: Ctx, runId: string, scene: Scene, picture: Picture): Promise<void> {
  const next = await tx.scene.findUnique({
    where: { projectId_sceneIndex: { projectId: scene.projectId, sceneIndex: scene.sceneIndex + 1 } },
    include: { keyframes: { where: CURRENT } },
  });
  if (!next || frameAt(next.keyframes, 'START')) return;
  const subject = { projectId: scene.projectId, runId, sceneIndex: next.sceneIndex };
  await insertKeyframe(tx, ctx.actor, subject, {
    ...picture,
    sceneId: next.id,
    position: 'START',
    source: 'INHERITED',
  });
}

async function settleScene(tx: Tx, ctx: Ctx, run: { id: string }, sceneId: string): Promise<void> {
  const scene = await tx.scene.findUniqueOrThrow({
    where: { id: sceneId },
    include: { keyframes: { where: CURRENT } },
  });
  if (scene.keyframes.length === 2) await moveScene(tx, ctx.actor, run, scene, 'KEYFRAMES_DONE');
}

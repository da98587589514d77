/** The step that draws one frame of one scene. */
import type { KeyframePosition, Project } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { AspectRatio } from '../../providers/provider.ts';
import { getProvider } from '../../providers/registry.ts';
import { type Intent, isFree, keyframeSubject, reserve } from '../budget/reservation.ts';
import { spend } from '../budget/spend.ts';
import { defineStep } from '../runs/pipeline.ts';
import { settleCall } from '../runs/settle-call.ts';
import { takeTurn } from '../runs/turn.ts';
import { projectPrefix } from '../storyboards/project.ts';
import { moveScene } from '../storyboards/scene-state.ts';
import { briefOf } from '../storyboards/scene.ts';
import { readDrawing } from './drawing.sql.ts';
import { type Drawing, type Drawn, keepFrame, keepLateFrame } from './keep-frame.ts';
import { frameAt } from './keyframe.ts';

type Input = { sceneId: string; position: KeyframePosition };

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
    const rows = await readDrawing(tx, sceneId, position);
    const { scene, project, keyframes } = rows;
    if (frameAt(keyframes, position)) return null;
    await takeTurn(tx, run, project.provider, 'KEYFRAME');
    const order = await reserve(tx, run, intentOf(project, sceneId, position));
    await moveScene(tx, ctx.actor, run, scene, 'KEYFRAMES_GENERATING');
    return { ...rows, position, order };
  },

  async work(ctx, drawing, signal) {
    const { storage } = ctx;
    const { scene, keyframes, project, sceneCount, position, order } = drawing;
    const first = position === 'END' ? frameAt(keyframes, 'START') : undefined;
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
    await keepFrame(tx, ctx, run, sceneId, position, drawn);
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

/** The same when the step is repeated after a crash, another one for every frame that is kept. */
const keyOf = ({ project, scene, position, drawnBefore }: Drawing, extension: string) =>
  `${projectPrefix(project)}/keyframes/${scene.id}-${position}-${drawnBefore}.${extension}`;

/** A worker that was taken for dead comes too late once another has drawn the frame: its file must stay as it is. */
async function refuseLate({ db }: Pick<Ctx, 'db'>, { scene, position, drawnBefore }: Drawing): Promise<void> {
  const drawn = await db.keyframe.count({ where: { sceneId: scene.id, position } });
  if (drawn !== drawnBefore) throw new Error('Another worker has drawn this frame meanwhile.');
}

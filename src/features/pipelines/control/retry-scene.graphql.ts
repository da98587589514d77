import { requireId } from '../../../core/ids.ts';
import type { PipelineRun } from '../../../generated/prisma/client.ts';
import { builder } from '../../../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError, ResourceError } from '../../../graphql/errors.ts';
import { PipelineRunNode } from '../../runs/run.graphql.ts';
import { idempotencyField, newCapField } from '../confirm/launch-fields.graphql.ts';
import { EstimateWarningType, NARRATION_WARNINGS } from '../confirm/estimate-warnings.graphql.ts';
import { warningsOfScene } from '../confirm/narration-warnings.ts';
import { retryScene } from './retry-scene.ts';

const WHICH = 'Which scene to make again, and with what other words; those left out stay.';

const RetrySceneInput = builder.inputType('RetrySceneInput', {
  description: WHICH,
  fields: (t) => ({
    sceneId: t.id({ description: 'Id of a Scene.' }),
    sceneDescription: t.string({ required: false, description: 'What happens, in a sentence or two.' }),
    startFramePrompt: t.string({
      required: false,
      description:
        'Prompt of the first frame, of the first scene only: both its frames are drawn anew. Every other scene begins where the one before it ends.',
    }),
    endFramePrompt: t.string({
      required: false,
      description: 'Prompt of the last frame, which is drawn anew; the next scene keeps its first frame.',
    }),
    videoMotionPrompt: t.string({
      required: false,
      description: 'How camera and subject move from the first to the last frame.',
    }),
    narration: t.string({ required: false, description: 'Words the narrator speaks; null for silence.' }),
    maxCostCents: newCapField(t),
    idempotencyKey: idempotencyField(t),
  }),
});

const RetryScenePayload = builder
  .objectRef<{ run: PipelineRun; sceneId: string }>('RetryScenePayload')
  .implement({
    description: 'The run that makes the scene.',
    fields: (t) => ({
      run: t.field({
        type: PipelineRunNode,
        description: 'The project’s live run, or a new one.',
        resolve: ({ run }) => run,
      }),
      warnings: t.field({
        type: [EstimateWarningType],
        description: NARRATION_WARNINGS,
        resolve: ({ sceneId }, _args, ctx) => warningsOfScene(ctx, sceneId),
      }),
    }),
  });

builder.mutationField('retryScene', (t) =>
  t.field({
    type: RetryScenePayload,
    description:
      'Makes a scene’s clip anew from the frames it has, or from other words, and a new film with it. The old clip and the old film stay. Costs what a clip costs, and what frames cost that are drawn anew.',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError, ResourceError],
      union: {
        name: 'RetrySceneResult',
        description: 'The run that makes the scene, or why there is none.',
      },
    },
    args: { input: t.arg({ type: RetrySceneInput, description: WHICH }) },
    resolve: async (_root, { input }, ctx) => {
      const { sceneId, narration, maxCostCents, idempotencyKey, ...words } = input;
      const given = Object.entries(words).filter(([, text]) => text != null);
      const id = requireId('Scene', sceneId, ['sceneId']);
      const run = await retryScene(ctx, {
        sceneId: id,
        words: { ...Object.fromEntries(given), ...(narration !== undefined && { narration }) },
        maxCostCents,
        idempotencyKey,
      });
      return { run, sceneId: id };
    },
  }),
);

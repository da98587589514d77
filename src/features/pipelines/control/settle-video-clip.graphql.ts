import { InvalidInputError as CoreInvalidInputError } from '../../../core/errors.ts';
import { requireId } from '../../../core/ids.ts';
import type { PipelineRun, VideoClip } from '../../../generated/prisma/client.ts';
import { builder } from '../../../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError, ResourceError } from '../../../graphql/errors.ts';
import { VideoClipNode } from '../../video-clips/video-clip.graphql.ts';
import { PipelineRunNode } from '../../runs/run.graphql.ts';
import { type Outcome, settleUnknownVideoClip } from './settle-unknown-video-clip.ts';

const VideoClipOutcomeEnum = builder.enumType('VideoClipOutcome', {
  description: 'What became of a call to a provider of which nobody knew.',
  values: {
    WAS_CHARGED: {
      description:
        'It was paid for, and there is no operation to be had: the scene stays a gap until it is retried.',
    },
    NOT_CHARGED: { description: 'The provider never took it: it is bought now.' },
    HAS_OPERATION: {
      description: 'The provider has it under an operation’s name: it is asked about, and not bought again.',
    },
  } satisfies Record<Outcome['kind'], object>,
});

const SettleUnknownVideoClipInput = builder.inputType('SettleUnknownVideoClipInput', {
  description: 'Which clip to settle, and what a person found out about it at the provider.',
  fields: (t) => ({
    videoClipId: t.id({ description: 'Id of a VideoClip that is UNKNOWN.' }),
    outcome: t.field({ type: VideoClipOutcomeEnum, description: 'What became of it.' }),
    operationName: t.string({
      required: false,
      description: 'The operation’s name at the provider, for HAS_OPERATION alone.',
    }),
  }),
});

const SettleUnknownVideoClipPayload = builder
  .objectRef<{ videoClip: VideoClip; run: PipelineRun | null }>('SettleUnknownVideoClipPayload')
  .implement({
    description: 'The clip, settled.',
    fields: (t) => ({
      videoClip: t.field({
        type: VideoClipNode,
        description: 'As it stands now.',
        resolve: ({ videoClip }) => videoClip,
      }),
      run: t.field({
        type: PipelineRunNode,
        nullable: true,
        description: 'The run that goes on with it; null where there is nothing to go on with.',
        resolve: ({ run }) => run,
      }),
    }),
  });

builder.mutationField('settleUnknownVideoClip', (t) =>
  t.field({
    type: SettleUnknownVideoClipPayload,
    description: 'Tells what became of a clip of which nobody knew whether it was bought.',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError, ResourceError],
      union: { name: 'SettleUnknownVideoClipResult', description: 'The settled clip, or why it is not.' },
    },
    args: {
      input: t.arg({ type: SettleUnknownVideoClipInput, description: 'Which clip, and what became of it.' }),
    },
    resolve: (_root, { input }, ctx) =>
      settleUnknownVideoClip(ctx, {
        videoClipId: requireId('VideoClip', input.videoClipId, ['videoClipId']),
        outcome: outcomeOf(input),
      }),
  }),
);

/** GraphQL has no unions for inputs: the name is checked here to go with its outcome, and with no other. */
function outcomeOf({
  outcome: kind,
  operationName,
}: typeof SettleUnknownVideoClipInput.$inferInput): Outcome {
  if (kind === 'HAS_OPERATION') {
    if (operationName != null) return { kind, operationName };
    throw refuseName('Must be given: the operation’s name at the provider.');
  }
  if (operationName == null) return { kind };
  throw refuseName('Must be left out unless the outcome is HAS_OPERATION.');
}

const refuseName = (message: string) => new CoreInvalidInputError([{ path: ['operationName'], message }]);

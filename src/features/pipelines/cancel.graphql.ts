import { requireId } from '../../core/ids.ts';
import type { PipelineRun } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { InvalidInputError, NotFoundError } from '../../graphql/errors.ts';
import { PipelineRunNode } from '../runs/run.graphql.ts';
import { cancelRun } from './launch.ts';

const CancelRunInput = builder.inputType('CancelRunInput', {
  description: 'Which run to end.',
  fields: (t) => ({ runId: t.id({ description: 'Id of a PipelineRun.' }) }),
});

const CancelRunPayload = builder.objectRef<{ run: PipelineRun }>('CancelRunPayload').implement({
  description: 'The run, ended.',
  fields: (t) => ({
    run: t.field({
      type: PipelineRunNode,
      description: 'As it stands now; a run that had ended by itself is as it was.',
      resolve: ({ run }) => run,
    }),
  }),
});

builder.mutationField('cancelRun', (t) =>
  t.field({
    type: CancelRunPayload,
    description: 'Ends a run: queued work never starts, work in progress is stopped, what is finished stays.',
    errors: {
      types: [InvalidInputError, NotFoundError],
      union: { name: 'CancelRunResult', description: 'The ended run, or why there is none.' },
    },
    args: { input: t.arg({ type: CancelRunInput, description: 'Which run to end.' }) },
    resolve: async (_root, { input }, ctx) => {
      const runId = requireId('PipelineRun', input.runId, ['runId']);
      return { run: await cancelRun(ctx, { runId }) };
    },
  }),
);

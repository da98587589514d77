import type { ErrorCode } from '../../core/errors.ts';
import { builder } from '../../graphql/builder.ts';
import { ErrorCodeEnum } from '../../graphql/errors.ts';
import { PipelineRunNode } from './run.graphql.ts';

const StepWaitType = builder.prismaObject('StepWait', {
  description: 'A step of a run that waits for its provider, and goes on by itself.',
  fields: (t) => ({
    step: t.exposeString('step'),
    code: t.field({
      type: ErrorCodeEnum,
      description: 'Why it waits.',
      resolve: ({ code }) => code as ErrorCode,
    }),
    reason: t.exposeString('reason'),
    since: t.expose('since', { type: 'DateTime' }),
    until: t.expose('until', { type: 'DateTime' }),
  }),
});

builder.prismaObjectField(PipelineRunNode, 'waits', (t) =>
  t.field({
    type: [StepWaitType],
    description: 'Its steps that wait for their provider now, the first to go on first.',
    select: (_args, _ctx, nested) => ({
      waits: nested({ where: { until: { gt: new Date() } }, orderBy: { until: 'asc' } }),
    }),
    resolve: ({ waits }) => waits,
  }),
);

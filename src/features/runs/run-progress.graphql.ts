import { z } from 'zod';
import { RunStage, RunStatus } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import type { ApiContext } from '../../graphql/context.ts';
import { LiveEvents } from '../../graphql/live.ts';
import { afterArg, LiveEvent } from '../audit/live/live-event.graphql.ts';
import { isNumbered, type NumberedEntry } from '../audit/log/numbered-entry.ts';
import { ofScope } from '../audit/log/log-filter.ts';
import { positionOf } from '../audit/live/read-log.ts';
import { readNow } from '../audit/live/read-now.ts';
import { readCost } from '../budget/balance.ts';
import { CostType } from '../budget/cost.graphql.ts';
import { PipelineRunNode, RunStageEnum, RunStatusEnum } from './run.graphql.ts';
import { requireRun } from './require-run.ts';
import { isEnded } from './run-state.ts';
import { runScope } from './run-subject.ts';
import { visibleRuns } from './run.ts';
import { visibleEntries } from '../audit/log/audit.ts';

/** Facts of the entries that tell how far a run is; its warnings carry others. */
const progressDetails = z.object({
  to: z.enum(RunStatus),
  stage: z.enum(RunStage).nullable(),
  percent: z.number(),
  estimatedSecondsLeft: z.number().nullable(),
  waitsUntil: z.iso.datetime().optional(),
});

type Progress = NumberedEntry & { progress: z.infer<typeof progressDetails> };

const RunProgress = builder.objectRef<Progress>('RunProgress').implement({
  description: 'How far a run is.',
  interfaces: [LiveEvent],
  fields: (t) => ({
    status: t.field({
      type: RunStatusEnum,
      description: 'Where the run stood then.',
      resolve: ({ progress }) => progress.to,
    }),
    stage: t.field({
      type: RunStageEnum,
      nullable: true,
      description: 'Stage it was in; null before the first.',
      resolve: ({ progress }) => progress.stage,
    }),
    percent: t.float({
      description: 'Share of the work done, 0 to 100.',
      resolve: ({ progress }) => progress.percent,
    }),
    message: t.exposeString('message', { description: 'One line for a person.' }),
    estimatedSecondsLeft: t.float({
      nullable: true,
      description: 'Seconds to the end, extrapolated; null until there is something to extrapolate from.',
      resolve: ({ progress }) => progress.estimatedSecondsLeft,
    }),
    waitsUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'Until when a step waits for its provider, where that is what is told; it goes on by itself then.',
      resolve: ({ progress: { waitsUntil } }) => (waitsUntil === undefined ? null : new Date(waitsUntil)),
    }),
    cost: t.field({
      type: CostType,
      description: 'What the run has cost so far, when this is read.',
      resolve: ({ subjectId }, _args, { db }) => readCost(db, runScope(subjectId)),
    }),
    run: t.prismaField({
      type: PipelineRunNode,
      nullable: true,
      description: 'The run as it is now; null once it is deleted.',
      resolve: readNow('PipelineRun', visibleRuns),
    }),
  }),
});

builder.subscriptionField('runProgress', (t) =>
  t.field({
    type: RunProgress,
    description:
      'Progress of a run. Begins with where it stands, unless `after` is given; completes after the event that ended the run, at once if `after` is not before it.',
    args: { runId: t.arg.id({ description: 'Id of a PipelineRun.' }), after: t.arg.string(afterArg) },
    subscribe: async (_root, args, ctx) => {
      const { id: runId } = await requireRun(ctx, args.runId);
      const newest = await newestProgress(ctx, runId);
      const beforeNewest = newest ? String(newest.sequence - 1n) : '0';
      const position = await positionOf(ctx, ctx.lastEventId ?? args.after ?? beforeNewest);
      return new LiveEvents({
        filter: { scope: runScope(runId), subjectTypes: ['PipelineRun'] },
        position,
        toEvent: toProgress,
        isLast: ({ progress }) => isEnded(progress.to),
        // Cut off between the last event and the end, a client comes back for the end.
        isOver: newest !== undefined && isEnded(newest.progress.to) && newest.sequence <= position,
      });
    },
    resolve: (event) => event,
  }),
);

function toProgress(entry: NumberedEntry): Progress | undefined {
  const { success, data } = progressDetails.safeParse(entry.details);
  return success ? { ...entry, progress: data } : undefined;
}

async function newestProgress({ db, actor }: ApiContext, runId: string): Promise<Progress | undefined> {
  const newest = await db.auditLog.findFirst({
    where: {
      ...visibleEntries(actor),
      ...ofScope(runScope(runId)),
      subjectType: 'PipelineRun',
      sequence: { not: null },
      details: { path: ['percent'], gte: 0 },
    },
    orderBy: { sequence: 'desc' },
  });
  return newest && isNumbered(newest) ? toProgress(newest) : undefined;
}

import { DomainError } from '../../core/errors.ts';
import { idAmong } from '../../core/scopes.ts';
import { requireId } from '../../core/ids.ts';
import { builder } from '../../graphql/builder.ts';
import type { ApiContext } from '../../graphql/context.ts';
import { LiveEvents } from '../../graphql/live.ts';
import { LiveEvent } from '../audit/live/live-event.graphql.ts';
import { positionOf } from '../audit/live/read-log.ts';
import { readNow } from '../audit/live/read-now.ts';
import { visibleEntries } from '../audit/log/audit.ts';
import type { NumberedEntry } from '../audit/log/numbered-entry.ts';
import { JobRowNode } from './job-row.graphql.ts';
import { JobNode } from './job.graphql.ts';
import { ENDED, isEnd, mergeMoves } from './merge-moves.ts';
import { jobScope, visibleJobs, visibleRows } from './job.ts';

/** Ours: a bar moves no faster to the eye. */
const EVERY_MILLISECONDS = 250;

const JobProgress = builder.objectRef<NumberedEntry>('JobProgress').implement({
  description: 'How far a job is. `job` is as it is now: an event stands for all that happened before it.',
  interfaces: [LiveEvent],
  fields: (t) => ({
    message: t.exposeString('message', { description: 'What changed last, in one line for a person.' }),
    job: t.prismaField({
      type: JobNode,
      nullable: true,
      description: 'The job as it is now, its counters with it; null once it is deleted.',
      resolve: readNow('Job', visibleJobs, ({ scopes }) => idAmong(scopes, 'Job')),
    }),
    row: t.prismaField({
      type: JobRowNode,
      nullable: true,
      description:
        'The row that changed last, as it is now; null if the job itself did, or the row is deleted.',
      resolve: readNow('JobRow', visibleRows, ({ subjectType, subjectId }) =>
        subjectType === 'JobRow' ? subjectId : null,
      ),
    }),
  }),
});

builder.subscriptionField('jobProgress', (t) =>
  t.field({
    type: JobProgress,
    description:
      'Progress of a job, never back. Begins with where it stands, unless `after` is given and nothing happened since; completes after the event that ended the job. Merged: at most four times a second the newest, and before it the last row that came to no result; whoever reads slowly goes on with the newest. Each move of each row: `workspaceEvents(types: [JOB_ROW_CHANGED])`.',
    args: {
      jobId: t.arg.id({ description: 'Id of a Job.' }),
      after: t.arg.string({
        required: false,
        description: 'Cursor of the last event seen: what happened since is told as one.',
      }),
    },
    subscribe: async (_root, args, ctx) => {
      const jobId = requireId('Job', args.jobId, ['jobId']);
      const { status } = await requireJob(ctx, jobId);
      const newest = await newestOf(ctx, jobId);
      const beforeNewest = newest?.sequence ? String(newest.sequence - 1n) : '0';
      const position = await positionOf(ctx, ctx.lastEventId ?? args.after ?? beforeNewest);
      // Where the log has forgotten its end, too.
      const isOver = ENDED.includes(status) && (newest?.sequence ?? 0n) <= position;
      const scope = jobScope(jobId);
      return new LiveEvents({
        filter: { scope, subjectTypes: ['Job', 'JobRow'] },
        position,
        toEvent: (entry) => entry,
        isLast: isEnd,
        isOver,
        merging: {
          everyMilliseconds: EVERY_MILLISECONDS,
          merge: mergeMoves,
          // The end of a job of thousands of rows may be followed by more of them than are read at once.
          always: { scope, subjectTypes: ['Job'] },
        },
      });
    },
    resolve: (event) => event,
  }),
);

async function requireJob({ db, actor }: ApiContext, id: string) {
  const job = await db.job.findFirst({ where: { id, previewedAt: { not: null }, ...visibleJobs(actor) } });
  if (job) return job;
  throw new DomainError('NOT_FOUND', 'No such job.', { path: ['jobId'] });
}

const newestOf = ({ db, actor }: ApiContext, jobId: string) =>
  db.auditLog.findFirst({
    where: {
      ...visibleEntries(actor),
      scopes: { has: jobScope(jobId) },
      subjectType: 'Job',
      sequence: { not: null },
    },
    orderBy: { sequence: 'desc' },
    select: { sequence: true },
  });

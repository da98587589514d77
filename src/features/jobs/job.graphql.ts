import { type ErrorCode } from '../../core/errors.ts';
import { idAmong } from '../../core/scopes.ts';
import { JobKind, JobStatus } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { LONG_TEXT_FIELDS, READ_FIELDS } from '../../graphql/cost.ts';
import { ErrorCodeEnum } from '../../graphql/errors.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';
import { changeEvent } from '../audit/change-event.graphql.ts';
import { ChangeEvent } from '../audit/event.graphql.ts';
import { ChangeEventConnection, pageOfEvents } from '../audit/events.graphql.ts';
import { readNow } from '../audit/live/read-now.ts';
import { ofScope } from '../audit/log/log-filter.ts';
import { readCost } from '../budget/balance.ts';
import { CostType } from '../budget/cost.graphql.ts';
import { CostRange } from '../pipelines/confirm/estimate.graphql.ts';
import { jobScope, visibleJobs } from './job.ts';
import { pendingOf, rowsPerMinute, secondsLeft } from './pace.ts';
import { sumRows } from './preview/rows.sql.ts';

export const JobKindEnum = prismaEnum('JobKind', JobKind);
export const JobStatusEnum = prismaEnum('JobStatus', JobStatus);

/** Higher files add its rows. */
export const JobNode = builder.prismaNode('Job', {
  id: { field: 'id', description: 'Its one id everywhere: `job_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleJobs(actor), { previewedAt: { not: null } }] }),
  fields: (t) => ({
    workspace: t.relation('workspace'),
    name: t.exposeString('name'),
    originalCommand: t.exposeString('originalCommand', { complexity: LONG_TEXT_FIELDS }),
    kind: t.expose('kind', { type: JobKindEnum }),
    status: t.expose('status', { type: JobStatusEnum }),
    columns: t.exposeStringList('columns'),
    mapping: t.expose('mapping', { type: 'JSON' }),
    defaults: t.expose('defaults', { type: 'JSON' }),
    source: t.expose('source', { type: 'JSON' }),
    digest: t.exposeString('digest'),
    totalRows: t.exposeInt('totalRows'),
    processedRows: t.exposeInt('processedRows'),
    successfulRows: t.exposeInt('successfulRows'),
    partialRows: t.exposeInt('partialRows'),
    failedRows: t.exposeInt('failedRows'),
    reviewRows: t.exposeInt('reviewRows'),
    skippedRows: t.exposeInt('skippedRows'),
    processingRows: t.exposeInt('processingRows'),
    invalidRows: t.exposeInt('invalidRows'),
    duplicateRows: t.exposeInt('duplicateRows'),
    pendingRows: t.int({ description: 'Rows that wait.', resolve: pendingOf }),
    rowsPerMinute: t.float({
      nullable: true,
      description: 'Rows that have ended a minute since it was confirmed; null before the first.',
      resolve: (job) => rowsPerMinute(job, new Date()),
    }),
    estimatedSecondsLeft: t.float({
      nullable: true,
      description: 'Seconds until its last row ends at this pace; 0 once it has, null where nobody knows.',
      resolve: (job) => secondsLeft(job, new Date()),
    }),
    concurrency: t.exposeInt('concurrency'),
    maxRowCostCents: t.exposeInt('maxRowCostCents', { nullable: true }),
    estimate: t.field({
      type: CostRange,
      complexity: READ_FIELDS,
      description: 'What the rows that wait and can start will cost, duplicates left out.',
      select: { id: true },
      resolve: ({ id }, _args, { db }) => sumRows(db, id),
    }),
    expectedSeconds: t.exposeFloat('expectedSeconds', { nullable: true }),
    cost: t.field({
      type: CostType,
      complexity: READ_FIELDS,
      description: 'What its rows have cost so far, and its cap.',
      select: { id: true },
      resolve: ({ id }, _args, { db }) => readCost(db, jobScope(id)),
    }),
    errorCode: t.field({
      type: ErrorCodeEnum,
      nullable: true,
      description: 'What stopped it, what it waits for, or what most rows without a result failed of.',
      resolve: ({ errorCode }) => errorCode as ErrorCode | null,
    }),
    errorMessage: t.exposeString('errorMessage', { nullable: true }),
    waitingSince: t.expose('waitingSince', { type: 'DateTime', nullable: true }),
    waitsUntil: t.expose('waitsUntil', { type: 'DateTime', nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true }),
    completedAt: t.expose('completedAt', { type: 'DateTime', nullable: true }),
    version: t.exposeInt('version'),
    events: t.connection(
      {
        type: ChangeEvent,
        description: 'What the log tells of it, of its rows and of their runs, oldest first.',
        resolve: (job, args, ctx, info) => pageOfEvents(ctx, info, args, ofScope(jobScope(job.id))),
      },
      ChangeEventConnection,
    ),
  }),
});

builder.interfaceField(ChangeEvent, 'job', (t) =>
  t.prismaField({
    type: JobNode,
    nullable: true,
    description: 'Job for which it happened, as it is now; null if for none, or it is deleted.',
    resolve: readNow('Job', visibleJobs, ({ scopes }) => idAmong(scopes, 'Job')),
  }),
);

changeEvent({
  subject: 'Job',
  eventType: 'JOB_CHANGED',
  tellsOf: 'a job',
  description: 'A job was previewed, moved to another status, changed or was deleted. `job` is as it is now.',
});

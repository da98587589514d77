import { type ErrorCode } from '../../core/errors.ts';
import { encodeGlobalId } from '../../core/ids.ts';
import { type JobRow, JobRowStatus, Prisma } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import type { ApiContext } from '../../graphql/context.ts';
import { LONG_TEXT_FIELDS, READ_FIELDS } from '../../graphql/cost.ts';
import { ErrorCodeEnum } from '../../graphql/errors.ts';
import { OrderDirectionEnum } from '../../graphql/order-direction.ts';
import { orderBy } from '../../graphql/order.ts';
import { pageOf } from '../../graphql/page-of.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';
import { changeEvent } from '../audit/change-event.graphql.ts';
import { readCost } from '../budget/balance.ts';
import { CostType } from '../budget/cost.graphql.ts';
import { CostRange } from '../pipelines/confirm/estimate.graphql.ts';
import { JobNode } from './job.graphql.ts';
import { rowScope, visibleRows } from './job.ts';
import type { RowProblem } from './preview/read-row.ts';
import { MOST_FOUND, searchRows, type Twin } from './preview/rows.sql.ts';

export const JobRowStatusEnum = prismaEnum('JobRowStatus', JobRowStatus);

const RowProblemType = builder.objectRef<RowProblem>('JobRowProblem').implement({
  description: 'What is wrong with a row.',
  fields: (t) => ({
    column: t.exposeString('column', {
      nullable: true,
      description: 'Column it stands in, or the template; null where it is of no single one.',
    }),
    input: t.exposeString('input', {
      nullable: true,
      description: 'Input it is for; null where it is of none.',
    }),
    value: t.exposeString('value', {
      nullable: true,
      description: 'What stands there, at most 100 characters.',
    }),
    reason: t.exposeString('reason', { description: 'What it must be.' }),
  }),
});

const TwinType = builder.objectRef<Twin>('JobRowTwin').implement({
  description: 'An earlier row that asks for the same.',
  fields: (t) => ({
    jobId: t.id({ description: 'Its job.', resolve: ({ jobId }) => encodeGlobalId('Job', jobId) }),
    rowNumber: t.exposeInt('rowNumber', { description: 'Its number there.' }),
  }),
});

export const JobRowNode = builder.prismaNode('JobRow', {
  id: { field: 'id', description: 'Its one id everywhere: `job_row_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleRows(actor)] }),
  fields: (t) => ({
    job: t.relation('job'),
    rowNumber: t.exposeInt('rowNumber'),
    rowChecksum: t.exposeString('rowChecksum'),
    cells: t.exposeStringList('cells', { complexity: LONG_TEXT_FIELDS }),
    input: t.expose('input', { type: 'JSON', complexity: LONG_TEXT_FIELDS }),
    problems: t.field({
      type: [RowProblemType],
      description: 'Everything that is wrong with it; nothing of a row that can start.',
      select: { problems: true },
      resolve: ({ problems }) => problems as RowProblem[],
    }),
    duplicateOf: t.field({
      type: TwinType,
      nullable: true,
      description: 'An earlier row that asks for the same; null if it is the first.',
      select: { duplicateOf: true },
      resolve: ({ duplicateOf }) => duplicateOf as Twin | null,
    }),
    status: t.expose('status', { type: JobRowStatusEnum }),
    hasGaps: t.exposeBoolean('hasGaps'),
    project: t.relation('project', { nullable: true }),
    run: t.relation('run', { nullable: true }),
    attempt: t.exposeInt('attempt'),
    estimate: t.field({
      type: CostRange,
      description: 'What it was going to cost when it was previewed.',
      select: { lowMicroUsd: true, likelyMicroUsd: true, highMicroUsd: true },
      resolve: (row) => ({
        low: Number(row.lowMicroUsd),
        likely: Number(row.likelyMicroUsd),
        high: Number(row.highMicroUsd),
      }),
    }),
    cost: t.field({
      type: CostType,
      complexity: READ_FIELDS,
      description: 'What it has cost so far, over all its tries, and its cap.',
      select: { id: true },
      resolve: ({ id }, _args, { db }) => readCost(db, rowScope(id)),
    }),
    errorCode: t.field({
      type: ErrorCodeEnum,
      nullable: true,
      description: 'Code of its failure.',
      resolve: ({ errorCode }) => errorCode as ErrorCode | null,
    }),
    errorMessage: t.exposeString('errorMessage', { nullable: true }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true }),
    completedAt: t.expose('completedAt', { type: 'DateTime', nullable: true }),
    durationSeconds: t.exposeFloat('durationSeconds'),
    version: t.exposeInt('version'),
  }),
});

const ORDER_FIELDS = { NUMBER: 'rowNumber', COST: 'costMicroUsd', DURATION: 'durationSeconds' } as const;

const JobRowOrderField = builder.enumType('JobRowOrderField', {
  description: 'What rows can be ordered by; equal ones are ordered by id.',
  values: {
    NUMBER: { description: 'Their number in the sheet.' },
    COST: { description: 'What they cost, once they have ended.' },
    DURATION: { description: 'How long they took.' },
  } satisfies Record<keyof typeof ORDER_FIELDS, object>,
});

const JobRowOrder = builder.inputType('JobRowOrder', {
  description: 'Order of rows.',
  fields: (t) => ({
    field: t.field({ type: JobRowOrderField, description: 'What to order by.' }),
    direction: t.field({ type: OrderDirectionEnum, description: 'Which way.' }),
  }),
});

const JobRowFilter = builder.inputType('JobRowFilter', {
  description: 'Which rows. What is left out does not matter.',
  fields: (t) => ({
    status: t.field({ type: [JobRowStatusEnum], required: false, description: 'Rows in any of these.' }),
    errorCode: t.field({
      type: [ErrorCodeEnum],
      required: false,
      description: 'Rows that failed of any of these.',
    }),
    isInvalid: t.boolean({
      required: false,
      description: 'Whether something is wrong with what they ask for.',
    }),
    isDuplicate: t.boolean({ required: false, description: 'Whether an earlier row asks for the same.' }),
    search: t.string({
      required: false,
      description: `A text in any of its cells, its prompt, its title or its error message; upper and lower case are the same. Looks at every row, and finds the first ${MOST_FOUND.toLocaleString('en')}.`,
    }),
  }),
});

async function filtered(
  { db }: ApiContext,
  jobId: string,
  filter: typeof JobRowFilter.$inferInput,
): Promise<Prisma.JobRowWhereInput> {
  const { status, errorCode, isInvalid, isDuplicate, search } = filter;
  const valid = { problems: { equals: [] } };
  const first = { duplicateOf: { equals: Prisma.DbNull } };
  return {
    ...(status && { status: { in: status } }),
    ...(errorCode && { errorCode: { in: errorCode } }),
    AND: [
      isInvalid == null ? {} : isInvalid ? { NOT: valid } : valid,
      isDuplicate == null ? {} : isDuplicate ? { NOT: first } : first,
      search ? { rowNumber: { in: await searchRows(db, jobId, search) } } : {},
    ],
  };
}

export const JobRowConnection = builder.connectionObject(
  { type: JobRowNode, name: 'JobRowConnection', description: 'A page of rows.' },
  { name: 'JobRowEdge', description: 'A row and its place in the list.' },
);

const byNumber = orderBy<JobRow, Prisma.JobRowWhereInput, Prisma.JobRowOrderByWithRelationInput>(
  'rowNumber',
  'asc',
);
const pageOfRows = pageOf('JobRow', { visible: visibleRows, order: byNumber });

builder.prismaObjectField(JobNode, 'rows', (t) =>
  t.connection(
    {
      type: JobRowNode,
      description: 'Its rows, in the order of the sheet unless ordered otherwise.',
      args: {
        filter: t.arg({ type: JobRowFilter, required: false, description: 'Which rows; all unless given.' }),
        orderBy: t.arg({
          type: JobRowOrder,
          required: false,
          description: 'In which order; by number unless given.',
        }),
      },
      resolve: async (job, args, ctx, info) => {
        const { field = 'NUMBER', direction = 'ASC' } = args.orderBy ?? {};
        const where = { AND: [{ jobId: job.id }, await filtered(ctx, job.id, args.filter ?? {})] };
        const order = orderBy<JobRow, Prisma.JobRowWhereInput, Prisma.JobRowOrderByWithRelationInput>(
          ORDER_FIELDS[field],
          direction === 'ASC' ? 'asc' : 'desc',
          // Rows that have not ended cost nothing and took no time, all of them.
          { oftenSame: field !== 'NUMBER' },
        );
        return pageOfRows(ctx, info, args, where, order);
      },
    },
    JobRowConnection,
  ),
);

changeEvent({
  subject: 'JobRow',
  eventType: 'JOB_ROW_CHANGED',
  tellsOf: 'a row of a job',
  description: 'A row of a job started, ended, was retried, changed or left out.',
  shows: { node: JobRowNode, visible: visibleRows, noun: 'row' },
});

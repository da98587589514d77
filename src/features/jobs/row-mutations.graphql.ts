import { InvalidInputError as CoreInvalidInputError } from '../../core/errors.ts';
import { requireId } from '../../core/ids.ts';
import type { Job, JobRow } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../../graphql/errors.ts';
import { RETRYABLE, retryRows } from './control/retry-rows.ts';
import { skipRows } from './control/skip-rows.ts';
import { updateRow } from './control/update-row.ts';
import type { InputChange } from './control/change-input.ts';
import type { WhichRows } from './control/which-rows.ts';
import { JobNode } from './job.graphql.ts';
import { JobRowNode, JobRowStatusEnum } from './job-row.graphql.ts';

const TYPES = [InvalidInputError, NotFoundError, ConflictError];

const RowsPayload = builder.objectRef<{ job: Job; count: number }>('JobRowsPayload').implement({
  description: 'The job, and how many of its rows it was done to.',
  fields: (t) => ({
    job: t.field({ type: JobNode, description: 'As it is then.', resolve: ({ job }) => job }),
    count: t.exposeInt('count', { description: 'Rows that it was done to.' }),
  }),
});

const JobRowPayload = builder.objectRef<{ row: JobRow }>('JobRowPayload').implement({
  description: 'The row as it is then.',
  fields: (t) => ({
    row: t.field({ type: JobRowNode, description: 'As it is then.', resolve: ({ row }) => row }),
  }),
});

const RetryRowsInput = builder.inputType('RetryRowsInput', {
  description:
    'Which rows to give another chance: by where they stand, or by their numbers; those that failed unless given.',
  fields: (t) => ({
    jobId: t.id({ description: 'Id of a Job.' }),
    statuses: t.field({
      type: [JobRowStatusEnum],
      required: false,
      description: `All rows in any of these: ${RETRYABLE.join(', ')}.`,
    }),
    rowNumbers: t.intList({
      required: false,
      description: 'These rows, by their numbers in the sheet; at most 100 at a time.',
    }),
    overrides: t.field({
      type: 'JSON',
      required: false,
      description:
        'Inputs that change, by their names; null takes one out. The rows then start anew, unless it is only `maxCostCents` or `priority`.',
    }),
  }),
});

const SkipRowsInput = builder.inputType('SkipRowsInput', {
  description: 'Which rows to leave out.',
  fields: (t) => ({
    jobId: t.id({ description: 'Id of a Job.' }),
    rowNumbers: t.intList({ description: 'Their numbers in the sheet; at most 100 at a time.' }),
  }),
});

const UpdateRowInput = builder.inputType('UpdateRowInput', {
  description: 'A row, and what it asks for from now on.',
  fields: (t) => ({
    jobId: t.id({ description: 'Id of a Job.' }),
    rowNumber: t.int({ description: 'Its number in the sheet.' }),
    input: t.field({ type: 'JSON', description: 'Inputs that change, by their names; null takes one out.' }),
  }),
});

const jobIdOf = ({ jobId }: { jobId: string }) => requireId('Job', jobId, ['jobId']);

builder.mutationFields((t) => ({
  retryRows: t.field({
    type: RowsPayload,
    description:
      'Gives rows of a job another chance: they go on from what they have, and nothing is paid for twice. Of more than a thousand, those before one whose input is refused are retried all the same.',
    errors: {
      types: TYPES,
      union: { name: 'RetryRowsResult', description: 'How many are retried, or why none is.' },
    },
    args: { input: t.arg({ type: RetryRowsInput, description: 'Which rows.' }) },
    resolve: (_root, { input }, ctx) =>
      retryRows(ctx, {
        jobId: jobIdOf(input),
        which: whichOf(input),
        overrides: input.overrides == null ? null : changeOf(input.overrides, 'overrides'),
      }),
  }),
  skipRows: t.field({
    type: RowsPayload,
    description: 'Leaves rows of a job out that have not started, or have failed.',
    errors: {
      types: TYPES,
      union: { name: 'SkipRowsResult', description: 'How many are left out, or why none is.' },
    },
    args: { input: t.arg({ type: SkipRowsInput, description: 'Which rows.' }) },
    resolve: (_root, { input }, ctx) =>
      skipRows(ctx, { jobId: jobIdOf(input), rowNumbers: input.rowNumbers }),
  }),
  updateRow: t.field({
    type: JobRowPayload,
    description: 'Changes what a row asks for that has not started, or has failed.',
    errors: {
      types: TYPES,
      union: { name: 'UpdateRowResult', description: 'The row, or why it is as it was.' },
    },
    args: { input: t.arg({ type: UpdateRowInput, description: 'A row, and what it asks for from now on.' }) },
    resolve: async (_root, { input }, ctx) => ({
      row: await updateRow(ctx, {
        jobId: jobIdOf(input),
        rowNumber: input.rowNumber,
        input: changeOf(input.input, 'input'),
      }),
    }),
  }),
}));

function whichOf({ statuses, rowNumbers }: typeof RetryRowsInput.$inferInput): WhichRows {
  if (!rowNumbers) return { statuses: statuses ?? ['FAILED'] };
  if (!statuses) return { rowNumbers };
  throw new CoreInvalidInputError([
    { path: ['statuses'], message: 'Give either statuses or rowNumbers, not both.' },
  ]);
}

function changeOf(value: unknown, field: string): InputChange {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as InputChange;
  throw new CoreInvalidInputError([
    { path: [field], message: 'Must be an object with a value by the name of each input.' },
  ]);
}

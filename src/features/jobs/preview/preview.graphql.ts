import {
  type InputIssue,
  InvalidInputError as CoreInvalidInputError,
  refuseIssues,
} from '../../../core/errors.ts';
import type { Job } from '../../../generated/prisma/client.ts';
import { builder } from '../../../graphql/builder.ts';
import { REMEMBERED } from '../../idempotency/forget-keys.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../../../graphql/errors.ts';
import { LIMITS } from '../../../sheets/limits.ts';
import { JobKindEnum, JobNode } from '../job.graphql.ts';
import type { RowInput } from '../kinds/kind.ts';
import { DEFAULT_CONCURRENCY, type JobSource, MAX_CONCURRENCY } from './job-request.ts';
import { previewJob } from './preview-job.ts';

const JobMappingInput = builder.inputType('JobMappingInput', {
  description: 'Which input is filled from what of the sheet.',
  fields: (t) => ({
    input: t.string({
      description: 'Name of an input of `generateFilm`: `prompt`, `title`, `aspectRatio`, ...',
    }),
    from: t.string({
      description: "Name of a column, or a template with columns' names in braces: `{title}: {text}`.",
    }),
  }),
});

const SheetDelimiter = builder.enumType('SheetDelimiter', {
  description: 'What stands between the cells of a text.',
  values: {
    COMMA: { value: ',' as const, description: '`,`' },
    SEMICOLON: { value: ';' as const, description: '`;`' },
    TAB: { value: '\t' as const, description: 'A tab.' },
    PIPE: { value: '|' as const, description: '`|`' },
  },
});

const megabytes = LIMITS.fileBytes / 1_000_000;

const PreviewJobInput = builder.inputType('PreviewJobInput', {
  description: 'The rows, and how they are to be understood.',
  fields: (t) => ({
    kind: t.field({ type: JobKindEnum, defaultValue: 'FILM', description: 'What each row starts.' }),
    name: t.string({ required: false, description: "What to call it; the file's name unless given." }),
    originalCommand: t.string({
      required: false,
      description: 'What was asked, in words; kept with the job.',
    }),
    file: t.field({
      type: 'File',
      required: false,
      description: `CSV, TSV, XLSX or JSON Lines, told by its content; at most ${megabytes} MB and ${LIMITS.rows.toLocaleString('en')} rows.`,
    }),
    rows: t.field({
      type: ['JSON'],
      required: false,
      description:
        'The rows themselves, at most 100, in place of a file: objects with a text by the name of each column.',
    }),
    sheet: t.string({
      required: false,
      description: 'Sheet of a workbook; the first that is not hidden unless given.',
    }),
    delimiter: t.field({
      type: SheetDelimiter,
      required: false,
      description: 'What stands between cells of a text; found by itself unless given.',
    }),
    encoding: t.string({
      required: false,
      description: 'Encoding of a text, as `windows-1252`; found by itself unless given.',
    }),
    mapping: t.field({
      type: [JobMappingInput],
      required: false,
      description:
        'Which input is filled from what; those that are left out, from columns that are called like them.',
    }),
    defaults: t.field({
      type: 'JSON',
      required: false,
      description:
        'Inputs for rows whose cell is empty, or that have no column for it: an object with a value by the name of each.',
    }),
    concurrency: t.int({
      defaultValue: DEFAULT_CONCURRENCY,
      description: `Rows at work at the same time, 1 to ${MAX_CONCURRENCY}.`,
    }),
    idempotencyKey: t.string({
      required: false,
      description: `A key of your choice: sent again with the same request, it answers with the same job. ${REMEMBERED}`,
    }),
    maxRowCostCents: t.int({
      required: false,
      description: 'Most that one row may cost, in cents; no cap unless given.',
    }),
  }),
});

export const JobPayload = builder.objectRef<{ job: Job }>('JobPayload').implement({
  description: 'The job as it is then.',
  fields: (t) => ({
    job: t.field({ type: JobNode, description: 'As it is then.', resolve: ({ job }) => job }),
  }),
});

builder.mutationField('previewJob', (t) =>
  t.field({
    type: JobPayload,
    description:
      'Reads rows and keeps them as a job that waits for `confirmJob`: what each asks for, what is wrong with it, what it will cost. Starts and costs nothing.',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError],
      union: { name: 'PreviewJobResult', description: 'The job, or why there is none.' },
    },
    args: {
      input: t.arg({ type: PreviewJobInput, description: 'The rows, and how they are to be understood.' }),
    },
    resolve: async (_root, { input }, ctx) => {
      const { file, rows, mapping, defaults, maxRowCostCents = null, ...asked } = input;
      return {
        job: await previewJob(ctx, {
          ...asked,
          sheet: asked.sheet ?? undefined,
          delimiter: asked.delimiter ?? undefined,
          encoding: asked.encoding ?? undefined,
          source: sourceOf(file, rows),
          mapping: mappingOf(mapping ?? []),
          defaults: objectOf(defaults ?? {}),
          maxRowCostCents,
        }),
      };
    },
  }),
);

const rowIssues = (row: unknown, index: number): InputIssue[] =>
  typeof row === 'object' && row !== null && !Array.isArray(row)
    ? []
    : [
        {
          path: ['rows', String(index)],
          message: 'Must be an object with a text by the name of each column.',
        },
      ];

type Rows = readonly unknown[] | null | undefined;

function sourceOf(file: File | null | undefined, rows: Rows): JobSource {
  if (file && !rows) return { fileName: file.name || null, content: file };
  if (rows && !file) {
    refuseIssues(rows.flatMap(rowIssues));
    const lines = rows.map((row) => JSON.stringify(row)).join('\n');
    return { fileName: null, isInline: true, content: new Blob([lines]) };
  }
  throw new CoreInvalidInputError([{ path: ['file'], message: 'Give either a file or rows.' }]);
}

function mappingOf(given: readonly (typeof JobMappingInput.$inferInput)[]): Record<string, string> {
  const mapping = Object.fromEntries(given.map(({ input, from }) => [input, from]));
  if (Object.keys(mapping).length === given.length) return mapping;
  throw new CoreInvalidInputError([
    { path: ['mapping'], message: 'Each input may be filled from one thing only.' },
  ]);
}

function objectOf(value: unknown): RowInput {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new CoreInvalidInputError([{ path: ['defaults'], message: 'Must be an object.' }]);
}

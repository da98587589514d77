/** Jobs of instant films: their API, as a program uses it. */
import type { JobRow } from '../../../src/generated/prisma/client.ts';
import { requireId } from '../../../src/core/ids.ts';
import type { TestApi } from '../../support/test-api.ts';

const ERROR =
  '__typename ... on UserError { code message path } ... on InvalidInputError { issues { path message } }';
const JOB = `id name status digest columns mapping totalRows pendingRows processingRows processedRows successfulRows
  partialRows failedRows reviewRows skippedRows invalidRows duplicateRows errorCode errorMessage expectedSeconds
  estimate { low likely high } cost { settledMicroUsd totalMicroUsd maxCostCents }`;

export type AskedJob = Record<
  | 'totalRows'
  | 'pendingRows'
  | 'processingRows'
  | 'processedRows'
  | 'successfulRows'
  | 'partialRows'
  | 'failedRows'
  | 'reviewRows'
  | 'skippedRows'
  | 'invalidRows'
  | 'duplicateRows',
  number
> & {
  id: string;
  name: string;
  status: string;
  digest: string;
  columns: string[];
  mapping: Record<string, string>;
  errorCode: string | null;
  errorMessage: string | null;
  expectedSeconds: number | null;
  estimate: Record<'low' | 'likely' | 'high', number>;
  cost: { settledMicroUsd: number; totalMicroUsd: number; maxCostCents: number | null };
};

export type Result = {
  __typename: string;
  code?: string;
  message?: string;
  path?: string[] | null;
  issues?: { path: string[]; message: string }[];
  job?: AskedJob;
  count?: number;
};

const PAYLOADS = ['JobPayload', 'JobRowsPayload'].map(
  (name) => `... on ${name} { job { ${JOB} } ${name === 'JobRowsPayload' ? 'count' : ''} }`,
);

/** Calls a mutation on jobs by its name. */
export async function tell(api: TestApi, name: string, input: object): Promise<Result> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const inputType = name === 'cancelJob' ? 'JobInput' : type;
  const payload = name === 'retryRows' || name === 'skipRows' ? PAYLOADS[1] : PAYLOADS[0];
  const own =
    name === 'updateRow'
      ? '... on JobRowPayload { row { rowNumber status problems { reason } job { digest } } }'
      : name === 'deleteJob'
        ? '... on DeleteJobPayload { deletedJobId }'
        : payload;
  const query = `mutation ($input: ${inputType}!) { result: ${name}(input: $input) { ${ERROR} ${own} } }`;
  const { result } = await api.ask<{ result: Result }>(query, { input });
  return result;
}

/** Previews rows given inline; fails the test if that is refused. */
export async function preview(api: TestApi, rows: object[], more: object = {}): Promise<AskedJob> {
  const { job, ...refusal } = await tell(api, 'previewJob', { rows, ...more });
  if (!job) throw new Error(`The preview was refused: ${JSON.stringify(refusal)}`);
  return job;
}

/** Confirms a job as it was previewed. */
export const confirm = ({ id, digest }: AskedJob, api: TestApi, more: object = {}): Promise<Result> =>
  tell(api, 'confirmJob', { jobId: id, digest, ...more });

/** A job as it is now. */
export async function ask(api: TestApi, id: string): Promise<AskedJob> {
  const { job } = await api.ask<{ job: AskedJob }>(`query ($id: ID!) { job(id: $id) { ${JOB} } }`, { id });
  return job;
}

/** Its rows, in order. */
export const rowsOf = ({ db }: TestApi, { id }: Pick<AskedJob, 'id'>): Promise<JobRow[]> =>
  db.jobRow.findMany({ where: { jobId: requireId('Job', id, []) }, orderBy: { rowNumber: 'asc' } });

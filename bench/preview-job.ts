/** What a client asks of a server about a large job. */
import { openAsBlob } from 'node:fs';

export type Previewed = { id: string; digest: string; totalRows: number; invalidRows: number };

const PREVIEW = `mutation ($input: PreviewJobInput!) { result: previewJob(input: $input) { __typename
  ... on UserError { message } ... on InvalidInputError { issues { path message } }
  ... on JobPayload { job { id digest totalRows invalidRows } } } }`;
const PAGE = `query ($id: ID!, $first: Int, $last: Int, $after: String, $before: String, $filter: JobRowFilter, $orderBy: JobRowOrder) {
  node(id: $id) { ... on Job { rows(first: $first, last: $last, after: $after, before: $before, filter: $filter, orderBy: $orderBy) {
    edges { node { id rowNumber input problems { reason } status errorCode durationSeconds version } }
    pageInfo { hasNextPage startCursor endCursor } } } } }`;
const START = `mutation ($id: ID!, $digest: String!) {
  confirmJob(input: { jobId: $id, digest: $digest }) { ... on UserError { message } } }`;
const RESULTS = `query ($id: ID!) { jobResults(jobId: $id, format: CSV) }`;

/** Sends a sheet as upload clients do. */
export async function previewSheet(url: string, file: string): Promise<Previewed> {
  const form = new FormData();
  form.set('operations', JSON.stringify({ query: PREVIEW, variables: { input: { file: null } } }));
  form.set('map', JSON.stringify({ 0: ['variables.input.file'] }));
  form.set('0', await openAsBlob(file), 'films.csv');
  const headers = { 'apollo-require-preflight': '1' };
  const response = await fetch(url, { method: 'POST', body: form, headers });
  const { data } = (await response.json()) as { data: { result: { job?: Previewed } } };
  if (!data.result.job) throw new Error(`The preview was refused: ${JSON.stringify(data.result)}`);
  return data.result.job;
}

type Page = { edges: object[]; pageInfo: { hasNextPage: boolean; startCursor: string } };

/** Asks for a page of a job's rows. */
export async function askPage(url: string, variables: object): Promise<Page> {
  const { node } = await ask<{ node: { rows: Page } }>(url, PAGE, variables);
  return node.rows;
}

/** Address of a job's results; the job is confirmed, so that it has some. */
export async function resultsOf(url: string, { id, digest }: Previewed): Promise<string> {
  await ask(url, START, { id, digest });
  return (await ask<{ jobResults: string }>(url, RESULTS, { id })).jobResults;
}

async function ask<Data>(url: string, query: string, variables: object): Promise<Data> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** What a client does that has a job made, over GraphQL. */
import { askPatiently } from './client.ts';

export type JobClient = ReturnType<typeof jobClientOf>;

type Job = Record<'id' | 'digest' | 'status', string> &
  Record<'totalRows' | 'successfulRows' | 'processingRows', number>;
type Row = {
  status: string;
  input: { prompt: string };
  project: { ledger: { edges: { node: { kind: string; operationKey: string } }[] } } | null;
};

const JOB = 'id digest status totalRows successfulRows processingRows';

type Previewed = { result: { job: Job & { events: { pageInfo: { endCursor: string } } } } };
const PREVIEW = `mutation ($input: PreviewJobInput!) { result: previewJob(input: $input) { ... on UserError { message }
  ... on JobPayload { job { ${JOB} events(last: 1) { pageInfo { endCursor } } } } } }`;

/** Sends an input with its `file`, as GraphQL over multipart forms. */
async function sendFile<Data>(url: string, query: string, input: object, file: File): Promise<Data> {
  const form = new FormData();
  form.set('operations', JSON.stringify({ query, variables: { input: { ...input, file: null } } }));
  form.set('map', JSON.stringify({ 0: ['variables.input.file'] }));
  form.set('0', file);
  const headers = { 'apollo-require-preflight': 'true' };
  const response = await fetch(new URL('/graphql', url), { method: 'POST', body: form, headers });
  const { data, errors } = (await response.json()) as { data: Data; errors?: object[] };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** Speaks to one API; every call is tried again while that is away, as a client would. */
export function jobClientOf(url: string) {
  const ask = askPatiently(url);
  const job = async (id: string) =>
    (await ask<{ job: Job }>(`query ($id: ID!) { job(id: $id) { ${JOB} } }`, { id })).job;
  const tell = async (name: string, input: object): Promise<string | null> => {
    const type = name === 'cancelJob' ? 'Job' : name.charAt(0).toUpperCase() + name.slice(1);
    const query = `mutation ($input: ${type}Input!) { result: ${name}(input: $input) { ... on UserError { code } } }`;
    return (await ask<{ result: { code?: string } }>(query, { input })).result.code ?? null;
  };
  return {
    job,
    /** Previews a sheet of prompts whose only call is their storyboard. @returns the job, and the place in the log from which on it is watched. */
    async preview(prompts: readonly string[]): Promise<Job & { cursor: string }> {
      const defaults = { targetClipDuration: 1, targetDuration: 1, stopAfter: 'STORYBOARD' };
      const sheet = new File([['prompt', ...prompts].join('\n')], 'rows.csv');
      const { result } = await sendFile<Previewed>(url, PREVIEW, { defaults, concurrency: 8 }, sheet);
      return { ...result.job, cursor: result.job.events.pageInfo.endCursor };
    },
    confirm: ({ id: jobId, digest }: Job) => tell('confirmJob', { jobId, digest }),
    /** Rows without a result that have ended, and the calls of theirs of which nobody knows. */
    async rowsWithout(id: string): Promise<{ prompt: string; unknown: string[] }[]> {
      const query = `query ($id: ID!) { job(id: $id) { rows(first: 50, filter: { status: [FAILED, NEEDS_REVIEW] }) { edges { node {
        status input project { ledger(first: 20) { edges { node { kind operationKey } } } } } } } } }`;
      const answer = await ask<{ job: { rows: { edges: { node: Row }[] } } }>(query, { id });
      return answer.job.rows.edges.map(({ node: { input, project } }) => {
        const entries = project?.ledger.edges.map(({ node }) => node) ?? [];
        const closed = new Set(
          entries
            .filter(({ kind }) => kind === 'SETTLE' || kind === 'RELEASE')
            .map(({ operationKey }) => operationKey),
        );
        const unknown = entries.filter(
          ({ kind, operationKey }) => kind === 'UNKNOWN' && !closed.has(operationKey),
        );
        return { prompt: input.prompt, unknown: unknown.map(({ operationKey }) => operationKey) };
      });
    },
    settle: (operationKey: string, outcome: 'WAS_CHARGED' | 'NOT_CHARGED') =>
      ask(
        'mutation ($input: SettleUnknownCallInput!) { settleUnknownCall(input: $input) { ... on UserError { message } } }',
        {
          input: { operationKey, outcome },
        },
      ),
    /** Runs that have not ended, whatever of. */
    liveRuns: async () => {
      const query =
        '{ pipelineRuns(first: 1, filter: { status: [QUEUED, RUNNING, PAUSED] }) { totalCount } }';
      return (await ask<{ pipelineRuns: { totalCount: number } }>(query)).pipelineRuns.totalCount;
    },
    retry: (jobId: string) => tell('retryRows', { jobId, statuses: ['FAILED', 'NEEDS_REVIEW'] }),
    /** Any mutation on a job. @returns why it was refused; null if it was not. */
    tell,
  };
}

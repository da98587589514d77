/** What a client does that has a job made, over GraphQL. */
import { askPatiently } from './client.ts';

export type JobClient = ReturnType<typeof jobClientOf>;

type Job = { id: string; digest: string; status: string; totalRows: number; successfulRows: number };
type Row = {
  status: string;
  input: { prompt: string };
  project: { ledger: { edges: { node: { kind: string; operationKey: string } }[] } } | null;
};

const JOB = 'id digest status totalRows successfulRows';

/** Speaks to one API; every call is tried again while that is away, as a client would. */
export function jobClientOf(url: string) {
  const ask = askPatiently(url);
  const job = async (id: string) =>
    (await ask<{ job: Job }>(`query ($id: ID!) { job(id: $id) { ${JOB} } }`, { id })).job;
  return {
    job,
    /** Previews rows whose only call is their storyboard. @returns the job, and the place in the log from which on it is watched. */
    async preview(rows: object[]): Promise<Job & { cursor: string }> {
      const defaults = { targetClipDuration: 1, targetDuration: 1, stopAfter: 'STORYBOARD' };
      const query = `mutation ($input: PreviewJobInput!) { result: previewJob(input: $input) { ... on UserError { message }
        ... on JobPayload { job { ${JOB} events(last: 1) { pageInfo { endCursor } } } } } }`;
      type Previewed = { result: { job: Job & { events: { pageInfo: { endCursor: string } } } } };
      const { result } = await ask<Previewed>(query, { input: { rows, defaults, concurrency: 8 } });
      return { ...result.job, cursor: result.job.events.pageInfo.endCursor };
    },
    confirm: ({ id: jobId, digest }: Job) =>
      ask(
        'mutation ($input: ConfirmJobInput!) { confirmJob(input: $input) { ... on UserError { message } } }',
        {
          input: { jobId, digest },
        },
      ),
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
    retry: (jobId: string) =>
      ask(
        'mutation ($input: RetryRowsInput!) { retryRows(input: $input) { ... on UserError { message } } }',
        {
          input: { jobId, statuses: ['FAILED', 'NEEDS_REVIEW'] },
        },
      ),
  };
}

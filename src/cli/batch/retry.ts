import { defineCommand } from '../command/command.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import {
  type JobLookFragment,
  type JobRowStatus,
  RetriedRowsDocument,
  RetryRowsDocument,
} from '../generated/graphql.ts';
import { dollarsOf, inCents } from '../command/option-values.ts';
import { printJson } from '../output/json.ts';
import type { ApiClient } from '../server/api-client.ts';
import { asking } from '../server/asking.ts';
import { payloadOf } from '../server/refusals.ts';
import { withServer } from '../server/session.ts';
import { everyRow, type Moved, moveRows } from './every-row.ts';
import { estimateWords, rows } from './job-words.ts';
import { jobbing, printJob } from './look-at-job.ts';
import { agreeToGoOn, type ConsentOptions } from './starting.ts';
import { type RowsOptions, takeRows, type WhichRows, whichRows } from './which-rows.ts';

type RetryOptions = Omit<ConsentOptions, 'maxCost'> &
  RowsOptions & {
    /** Most that each of these rows may cost from now on, in dollars. */
    maxRowCost?: number;
  };

/** `vidpipe batch retry`. */
export const retry = defineCommand({
  name: 'retry',
  summary: 'give rows another chance; what they have is not made again',
  kinds: [asking, jobbing],
  takes: (command) =>
    takeRows(command)
      .option('--yes', 'go on without asking, whatever it costs')
      .option('--max-row-cost <dollars>', 'most that each of these rows may cost from now on', dollarsOf),
  fields: { rowNumbers: '--rows' },
  names: {
    retryRows: 'vidpipe batch retry',
    rowNumbers: '--rows',
  },
  run: retryRows,
});

/** Tells what rows will cost at most that get another chance, asks, and lets them wait again. */
function retryRows(jobId: string, options: RetryOptions): Promise<ExitCode> {
  const which = whichRows(options);
  return withServer(options, 'agreed', async (connection) => {
    const { api } = connection;
    await agree(await sumOf(api, jobId, which), options);
    const { job, count } = await retryEach(api, jobId, which, overridesOf(options));
    if (count > 0) await connection.work();
    if (options.json) {
      printJson({ type: 'retry', count });
    } else process.stderr.write(`${waitingWords(count)}\n`);
    printJob(job, options, connection);
    return EXIT.ok;
  });
}

const overridesOf = ({ maxRowCost }: RetryOptions) =>
  maxRowCost === undefined ? {} : { overrides: { maxCostCents: inCents(maxRowCost) } };

const waitingWords = (count: number) =>
  count > 0
    ? `${rows(count)} ${count === 1 ? 'waits' : 'wait'} again.`
    : 'No row waits again: none stands so, or what cannot start as it is has to be mended first (vidpipe batch update).';

function retryEach(api: ApiClient, jobId: string, which: WhichRows, overrides: object): Promise<Moved> {
  return moveRows(which, async (some) => {
    const input = { jobId, ...some, ...overrides };
    const { retryRows: answer } = await api.request(RetryRowsDocument, { input });
    return payloadOf(answer, 'JobRowsPayload');
  });
}

type Sum = { count: number; estimate: JobLookFragment['estimate'] };

async function agree({ count, estimate }: Sum, options: RetryOptions): Promise<void> {
  if (estimate.high === 0) return;
  if (options.json) printJson({ type: 'estimate', count, estimate });
  else
    process.stderr.write(
      `${rows(count)}, from their beginning: ${estimateWords({ estimate, expectedSeconds: null })}\n`,
    );
  await agreeToGoOn(options, 'Retry?');
}

const RETRYABLE: JobRowStatus[] = ['FAILED', 'NEEDS_REVIEW', 'SKIPPED'];

/** What the rows were going to cost when they were previewed; a job that there is not is left to the server to refuse. */
async function sumOf(api: ApiClient, id: string, which: WhichRows): Promise<Sum> {
  const status = 'statuses' in which ? which.statuses : RETRYABLE;
  const named = 'rowNumbers' in which ? new Set(which.rowNumbers) : null;
  const estimate = { low: 0, likely: 0, high: 0 };
  let count = 0;
  const retried = everyRow(async (page) => {
    const { job } = await api.request(RetriedRowsDocument, { id, status, ...page }, { id: 'JOB' });
    return job?.rows;
  });
  for await (const row of retried) {
    if (named && !named.has(row.rowNumber)) continue;
    count += 1;
    for (const end of ['low', 'likely', 'high'] as const) estimate[end] += row.estimate[end];
  }
  return { count, estimate };
}

/** Tells what came of a job: a table for a person, or the last line of JSON, and what the command ends with. */
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import type { JobLookFragment } from '../generated/graphql.ts';
import { printJson } from '../output/json.ts';
import { billWords } from '../output/money.ts';
import { oneLine } from '../output/text-width.ts';
import { clock } from '../output/words.ts';
import type { ApiClient } from '../server/api-client.ts';
import { failuresOf } from './failed-rows.ts';
import { failureWords, number } from './job-words.ts';
import { nextSteps } from './next-steps.ts';

/** Failures that are told below the table. */
const MOST_FAILURES = 10;

/** Prints the summary of a job that has ended. */
export async function reportJob(api: ApiClient, job: JobLookFragment, json: boolean): Promise<ExitCode> {
  const exitCode = exitCodeOf(job);
  const failures = await failuresOf(api, job.id, MOST_FAILURES);
  if (json) printJson({ type: 'result', exitCode, ...job, failures });
  else {
    for (const line of describe(job)) console.log(line);
    for (const failure of failures) process.stderr.write(`  ${failureWords(failure)}\n`);
    for (const step of nextSteps(job)) process.stderr.write(`${step}\n`);
  }
  return exitCode;
}

/** Rows that were left out are no failure; gaps are told as those of a film. */
export function exitCodeOf(
  job: Pick<JobLookFragment, 'status' | 'successfulRows' | 'partialRows' | 'failedRows' | 'reviewRows'>,
): ExitCode {
  if (job.status === 'CANCELLED') return EXIT.cancelled;
  if (job.successfulRows === 0) return EXIT.failed;
  return job.failedRows + job.reviewRows + job.partialRows > 0 ? EXIT.partial : EXIT.ok;
}

function* describe(job: JobLookFragment): Generator<string> {
  yield `${oneLine(job.name)}  ${job.status}  ${job.id}`;
  const gaps = job.partialRows > 0 ? `, ${number(job.partialRows)} of them with gaps` : '';
  const table: [string, string][] = [
    ['done', `${number(job.successfulRows)}${gaps}`],
    ['failed', number(job.failedRows)],
    ['to look at', number(job.reviewRows)],
    ['left out', number(job.skippedRows)],
    ['cost', billWords(job.cost) || 'free'],
    ['time', timeOf(job)],
  ];
  for (const [name, value] of table) yield `  ${name.padEnd(12)}${value}`;
}

function timeOf({ startedAt, completedAt }: JobLookFragment): string {
  if (startedAt === null) return '';
  const end = completedAt === null ? Date.now() : Date.parse(completedAt);
  return clock((end - Date.parse(startedAt)) / 1_000);
}

import { Option } from 'commander';
import { defineCommand } from '../command/command.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { count } from '../command/option-values.ts';
import type { JobFailureFragment, JobLookFragment } from '../generated/graphql.ts';
import { printJson } from '../output/json.ts';
import { oneLine } from '../output/text-width.ts';
import { asking } from '../server/asking.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { failuresOf } from './failed-rows.ts';
import { counterWords, estimateWords, failureWords, spentWords } from './job-words.ts';
import { listJobs } from './job-table.ts';
import { lookAtJob } from './look-at-job.ts';
import { nextSteps } from './next-steps.ts';

type StatusOptions = CommonOptions & {
  /** Of a list, at most so many. */
  limit: number;
};

/** Failures that are told of a job, the newest rows of it. */
const MOST_FAILURES = 10;

/** `vidpipe batch status`. */
export const status = defineCommand({
  name: 'status',
  summary: 'list the newest jobs, or tell where one stands',
  kinds: [asking],
  takes: (command) =>
    command
      .argument('[job]', 'its id; all of them unless given')
      .addOption(new Option('--limit <count>', 'of a list, at most so many').argParser(count).default(20)),
  run: tellStatus,
});

/** Prints where a job stands, with its newest failures; unless one is named, the newest jobs, one a line. */
function tellStatus(id: string | undefined, { limit, ...options }: StatusOptions): Promise<ExitCode> {
  return withServer(options, 'api', async ({ api }) => {
    if (id === undefined) await listJobs(api, { first: limit, status: null }, options);
    else {
      const job = await lookAtJob(api, id);
      const failures = await failuresOf(api, id, MOST_FAILURES);
      if (options.json) printJson({ ...job, failures });
      else for (const line of describe(job, failures)) console.log(line);
    }
    return EXIT.ok;
  });
}

function* describe(job: JobLookFragment, failures: readonly JobFailureFragment[]): Generator<string> {
  yield `${oneLine(job.name)}  ${job.status}`;
  yield job.id;
  yield counterWords(job);
  const spent = spentWords(job);
  if (spent) yield spent;
  if (job.pendingRows > 0) yield `What waits: ${estimateWords({ ...job, expectedSeconds: null })}`;
  if (job.errorMessage) yield oneLine(job.errorMessage);
  for (const failure of failures) yield `  ${failureWords(failure)}`;
  const more = job.failedRows + job.reviewRows - failures.length;
  if (more > 0) yield `  … and ${more} before them`;
  for (const step of nextSteps(job)) yield step;
}

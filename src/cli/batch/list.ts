import { InvalidArgumentError, Option } from 'commander';
import { defineCommand } from '../command/command.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { count } from '../command/option-values.ts';
import type { JobStatus } from '../generated/graphql.ts';
import { asking } from '../server/asking.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { listJobs } from './job-table.ts';

type ListOptions = CommonOptions & {
  /** At most so many. */
  limit: number;
  /** Jobs in any of these; all unless given. */
  status?: JobStatus[];
};

/** In the order in which a job comes to them. */
const STATUSES: readonly JobStatus[] = ['PENDING', 'RUNNING', 'PAUSED', 'COMPLETED', 'FAILED', 'CANCELLED'];

/** Statuses as a person writes them: `running,paused`. */
function statuses(text: string): JobStatus[] {
  const named = text.split(',').map((word) => STATUSES.find((one) => one === word.trim().toUpperCase()));
  if (named.every((one) => one !== undefined)) return named;
  throw new InvalidArgumentError(
    `Must be of ${STATUSES.join(', ').toLowerCase()}; several as in running,paused.`,
  );
}

/** `vidpipe batch list`. */
export const listBatch = defineCommand({
  name: 'list',
  summary: 'list the newest jobs: where they stand, their rows and what they cost',
  kinds: [asking],
  takes: (command) =>
    command
      .option('--status <status>', 'only jobs that stand so, as in running,paused', statuses)
      .addOption(new Option('--limit <count>', 'at most so many').argParser(count).default(20)),
  run: list,
});

/** Prints the newest jobs, one a line. */
function list({ limit, status, ...options }: ListOptions): Promise<ExitCode> {
  return withServer(options, 'api', async ({ api }) => {
    await listJobs(api, { first: limit, status: status ?? null }, options);
    return EXIT.ok;
  });
}

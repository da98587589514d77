import { CliFailure, EXIT } from '../command/exit-codes.ts';
import { type JobCountersFragment, type JobLookFragment, LookAtJobDocument } from '../generated/graphql.ts';
import { printJson } from '../output/json.ts';
import type { Connection } from '../server/connect.ts';
import type { ApiClient } from '../server/api-client.ts';
import type { CommonOptions } from '../server/session.ts';
import type { OptionGroup } from '../command/command.ts';

/** A command that is told a job. */
export const jobbing: OptionGroup = {
  takes: (command) => command.argument('<job>', 'its id; vidpipe batch list tells it'),
  fields: { jobId: 'JOB' },
};

/**
 * A job as it is now.
 *
 * @throws {CliFailure} naming `JOB` if there is none.
 */
export async function lookAtJob(api: ApiClient, id: string): Promise<JobLookFragment> {
  const { job } = await api.request(LookAtJobDocument, { id }, { id: 'JOB' });
  if (job) return job;
  const message = `JOB: there is no ${id}; see vidpipe batch list.`;
  throw new CliFailure(EXIT.failed, message, { code: 'NOT_FOUND' });
}

/** Prints where a job stands after a command moved it, and how it is watched; a server of its own works on it until it has ended. */
export function printJob(
  job: JobCountersFragment,
  { json }: CommonOptions,
  { isOwn, makesFilms }: Pick<Connection, 'isOwn' | 'makesFilms'>,
): void {
  if (json) return printJson(job);
  console.log(`${job.id} is ${job.status}`);
  if (job.status !== 'RUNNING') return;
  const how = makesFilms
    ? 'It is worked on here until it has ended; Ctrl-C leaves it. Watch it: '
    : isOwn
      ? 'No server works on it yet: vidpipe serve does, and so does '
      : 'Watch it: ';
  process.stderr.write(`${how}vidpipe batch follow ${job.id}\n`);
}

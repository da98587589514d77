import { defineCommand } from '../command/command.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { ConfirmJobDocument, type ConfirmJobInput, type JobCountersFragment } from '../generated/graphql.ts';
import { printJson } from '../output/json.ts';
import type { ApiClient } from '../server/api-client.ts';
import { asking } from '../server/asking.ts';
import { payloadOf } from '../server/refusals.ts';
import { withServer } from '../server/session.ts';
import { counterWords, estimateWords } from './job-words.ts';
import { jobbing, lookAtJob, printJob } from './look-at-job.ts';
import { agreeToStart, starting, type StartOptions } from './starting.ts';

/** `vidpipe batch start`. */
export const start = defineCommand({
  name: 'start',
  summary: 'start the rows of a job that was previewed',
  kinds: [asking, jobbing, starting],
  run: startJob,
});

/** Tells what a job will cost, asks, and starts it as it was looked at; it goes on in the background. */
function startJob(id: string, options: StartOptions): Promise<ExitCode> {
  return withServer(options, 'agreed', async (connection) => {
    const { api } = connection;
    const job = await lookAtJob(api, id);
    if (options.json) printJson({ type: 'preview', ...job });
    else process.stderr.write(`${counterWords(job)}; ${estimateWords(job)}\n`);
    const started = await confirmJob(api, await agreeToStart(job, options));
    await connection.work();
    printJob(started, options, connection);
    return EXIT.ok;
  });
}

/**
 * Starts a job as it was looked at.
 *
 * @throws {CliFailure} saying what has changed since.
 */
export async function confirmJob(api: ApiClient, input: ConfirmJobInput): Promise<JobCountersFragment> {
  const { confirmJob: answer } = await api.request(ConfirmJobDocument, { input });
  return payloadOf(answer, 'JobPayload').job;
}

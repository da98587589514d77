/** From a job at work to its end, with progress and the right exit code. */
import { CliFailure, EXIT, type ExitCode } from '../command/exit-codes.ts';
import { JobProgressDocument } from '../generated/graphql.ts';
import { onInterrupt } from '../input/interrupt.ts';
import type { ApiClient, ServerAddress } from '../server/api-client.ts';
import type { Connection } from '../server/connect.ts';
import type { CommonOptions } from '../server/session.ts';
import type { JobView } from './job-event.ts';
import { reportJob } from './job-report.ts';
import { lookAtJob } from './look-at-job.ts';
import { openJobView } from './open-job-view.ts';

/**
 * Shows a job until it has ended, and tells what came of it. Ctrl-C leaves it alone.
 *
 * @throws {CliFailure} if it is paused or cancelled, or the server goes away.
 */
export async function watchJob(
  connection: Connection,
  jobId: string,
  { json = false }: CommonOptions,
): Promise<ExitCode> {
  const { api } = connection;
  const view = openJobView(json);
  const interrupted = new AbortController();
  const stopListening = onInterrupt(() => interrupted.abort());
  try {
    await Promise.race([followJob(api, jobId, view, interrupted.signal), leftOnce(interrupted.signal)]);
  } catch (error) {
    if (interrupted.signal.aborted) throw left(connection, jobId);
    throw lostOnTheWay(error, api, jobId);
  } finally {
    interrupted.abort();
    stopListening();
    view.close();
  }
  return reportJob(api, await lookAtJob(api, jobId), json);
}

async function followJob(api: ApiClient, jobId: string, view: JobView, signal: AbortSignal): Promise<void> {
  for await (const { jobProgress } of api.follow(JobProgressDocument, { jobId }, signal)) {
    const { cursor: _, ...event } = jobProgress;
    view.show(event);
    if (event.job?.status !== 'PAUSED') continue;
    const why = event.job.errorMessage ? ` (${event.job.errorMessage})` : '';
    const message = `Paused; what is finished stays. Go on: vidpipe batch resume ${jobId}${why}`;
    throw new CliFailure(EXIT.paused, message);
  }
}

/** Rejects once `signal` is aborted. */
const leftOnce = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

function left(connection: Connection, jobId: string): CliFailure {
  connection.leave();
  const what = connection.isOwn
    ? 'its server ends with this command, and the job goes on once another is there'
    : 'the job goes on';
  const message = `No longer followed; ${what}. Again: vidpipe batch follow ${jobId}`;
  return new CliFailure(EXIT.cancelled, message);
}

function lostOnTheWay(error: unknown, { url, urlFrom }: ServerAddress, jobId: string): unknown {
  if (!(error instanceof CliFailure) || error.exitCode !== EXIT.noServer) return error;
  const option = urlFrom === '--url' ? ` --url ${url}` : '';
  const then = urlFrom === null ? 'Go on' : 'Once it is there again';
  const message = `The server at ${url} went away; the job is safe, with all that is finished. ${then}: vidpipe batch follow ${jobId}${option}`;
  return new CliFailure(EXIT.noServer, message, { cause: error });
}

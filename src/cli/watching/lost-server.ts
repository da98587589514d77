/** What a person is told whose server went away while a film was made: it is safe, and how it goes on. */
import type { ServerAddress } from '../server/api-client.ts';
import { CliFailure, EXIT } from '../command/exit-codes.ts';
import type { FollowedRun } from './follow-run.ts';

const isLost = (error: unknown): error is CliFailure =>
  error instanceof CliFailure && error.exitCode === EXIT.noServer;

/** @returns the failure to throw in place of `error`: itself, unless the server is gone. */
export function lostAtLaunch(error: unknown): unknown {
  if (!isLost(error)) return error;
  const message = `${error.message} Whether the film was begun: vidpipe status`;
  return new CliFailure(EXIT.noServer, message, { cause: error });
}

/** @returns as `lostAtLaunch` does, for a run that was launched. */
export function lostOnTheWay(error: unknown, { url, urlFrom }: ServerAddress, run: FollowedRun): unknown {
  if (!isLost(error)) return error;
  const then = urlFrom === null ? 'Go on' : 'Once it is there again';
  const option = urlFrom === '--url' ? ` --url ${url}` : '';
  const message = `The server at ${url} went away; the film is safe, with all that is finished. ${then}: vidpipe resume ${run.runId}${option}`;
  return new CliFailure(EXIT.noServer, message, { cause: error });
}

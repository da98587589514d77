import { defineCommand } from '../command/command.ts';
import { CliFailure, EXIT, type ExitCode } from '../command/exit-codes.ts';
import { asking } from '../server/asking.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { jobbing, lookAtJob } from './look-at-job.ts';
import { watchJob } from './watch-job.ts';

/** `vidpipe batch follow`. */
export const follow = defineCommand({
  name: 'follow',
  summary: 'show a job until it has ended; Ctrl-C leaves it alone',
  kinds: [asking, jobbing],
  run: followJob,
});

/** Shows a job from where it is until it has ended, and tells what came of it. Begins and changes nothing. */
function followJob(jobId: string, options: CommonOptions): Promise<ExitCode> {
  return withServer(options, 'all', async (connection) => {
    // Refuses what there is not by the name of the argument.
    const { status } = await lookAtJob(connection.api, jobId);
    if (status === 'PENDING') {
      const message = `The job has not been started, so there is nothing to follow; start it: vidpipe batch start ${jobId}`;
      throw new CliFailure(EXIT.failed, message);
    }
    return watchJob(connection, jobId, options);
  });
}

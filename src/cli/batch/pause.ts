import { defineCommand } from '../command/command.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { PauseJobDocument } from '../generated/graphql.ts';
import { asking } from '../server/asking.ts';
import { payloadOf } from '../server/refusals.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { jobbing, printJob } from './look-at-job.ts';

type PauseOptions = CommonOptions & {
  /** Rows at work stop too. */
  now?: boolean;
};

/** `vidpipe batch pause`. */
export const pause = defineCommand({
  name: 'pause',
  summary: 'let no more rows start; those at work finish',
  kinds: [asking, jobbing],
  takes: (command) => command.option('--now', 'pause the rows that are at work, too'),
  names: { pauseJob: 'vidpipe batch pause' },
  run: pauseJob,
});

/** Lets no more rows of a job start. */
function pauseJob(jobId: string, { now = false, ...options }: PauseOptions): Promise<ExitCode> {
  return withServer(options, 'api', async (connection) => {
    const { pauseJob: answer } = await connection.api.request(PauseJobDocument, { input: { jobId, now } });
    printJob(payloadOf(answer, 'JobPayload').job, options, connection);
    return EXIT.ok;
  });
}

import { defineCommand } from '../command/command.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { CancelJobDocument } from '../generated/graphql.ts';
import { asking } from '../server/asking.ts';
import { payloadOf } from '../server/refusals.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { jobbing, printJob } from './look-at-job.ts';

/** `vidpipe batch cancel`. */
export const cancel = defineCommand({
  name: 'cancel',
  summary: 'end a job; what is finished stays',
  kinds: [asking, jobbing],
  names: { cancelJob: 'vidpipe batch cancel' },
  run: cancelJob,
});

/** Ends a job with the runs of its rows; what is finished stays. */
function cancelJob(jobId: string, options: CommonOptions): Promise<ExitCode> {
  return withServer(options, 'api', async (connection) => {
    const { cancelJob: answer } = await connection.api.request(CancelJobDocument, { input: { jobId } });
    printJob(payloadOf(answer, 'JobPayload').job, options, connection);
    return EXIT.ok;
  });
}

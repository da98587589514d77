import { defineCommand } from '../command/command.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { type JobLookFragment, ResumeJobDocument } from '../generated/graphql.ts';
import { printJson } from '../output/json.ts';
import { asking } from '../server/asking.ts';
import { payloadOf } from '../server/refusals.ts';
import { withServer } from '../server/session.ts';
import { counterWords, estimateWords } from './job-words.ts';
import { jobbing, lookAtJob, printJob } from './look-at-job.ts';
import { agreeToGoOn, capOf, capping, type ConsentOptions } from './starting.ts';

/** `vidpipe batch resume`. */
export const resume = defineCommand({
  name: 'resume',
  summary: 'let rows of a paused job start again; --max-cost raises its cap',
  kinds: [asking, jobbing, capping],
  names: {
    resumeJob: 'vidpipe batch resume',
    setJobCostCap: 'vidpipe batch resume JOB --max-cost DOLLARS',
  },
  run: resumeJob,
});

/** Tells what the rows that wait will cost, asks, sets the cap if there is another one, and goes on with the job. */
function resumeJob(jobId: string, options: ConsentOptions): Promise<ExitCode> {
  return withServer(options, 'agreed', async (connection) => {
    const { api } = connection;
    const job = await lookAtJob(api, jobId);
    if (job.status === 'PAUSED' && job.estimate.high > 0) await agree(job, options);
    const { resumeJob: answer } = await api.request(ResumeJobDocument, {
      input: { jobId, ...capOf(options) },
    });
    const resumed = payloadOf(answer, 'JobPayload').job;
    await connection.work();
    printJob(resumed, options, connection);
    return EXIT.ok;
  });
}

async function agree(job: JobLookFragment, options: ConsentOptions): Promise<void> {
  if (options.json) printJson({ type: 'preview', ...job });
  else
    process.stderr.write(
      `${counterWords(job)}; what waits: ${estimateWords({ ...job, expectedSeconds: null })}\n`,
    );
  await agreeToGoOn(options, 'Go on?');
}

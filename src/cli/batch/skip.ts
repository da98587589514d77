import { defineCommand } from '../command/command.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { type JobCountersFragment, SkipRowsDocument } from '../generated/graphql.ts';
import { printJson } from '../output/json.ts';
import { asking } from '../server/asking.ts';
import { payloadOf } from '../server/refusals.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { rows } from './job-words.ts';
import { jobbing, printJob } from './look-at-job.ts';
import { inHundreds, rowNumbers } from './which-rows.ts';

type SkipOptions = CommonOptions & { rows: number[] };

/** `vidpipe batch skip`. */
export const skip = defineCommand({
  name: 'skip',
  summary: 'leave rows out that have not started, or have failed',
  kinds: [asking, jobbing],
  takes: (command) => command.requiredOption('--rows <numbers>', 'which, as in 3,7,10-20', rowNumbers),
  fields: { rowNumbers: '--rows' },
  names: { skipRows: 'vidpipe batch skip' },
  run: skipRows,
});

/** Leaves rows out, a hundred at a time; those before one that is refused stay out. */
function skipRows(jobId: string, { rows: numbers, ...options }: SkipOptions): Promise<ExitCode> {
  return withServer(options, 'api', async (connection) => {
    let [job, count]: [JobCountersFragment | null, number] = [null, 0];
    for (const page of inHundreds(numbers)) {
      const { skipRows: answer } = await connection.api.request(SkipRowsDocument, {
        input: { jobId, rowNumbers: page },
      });
      const payload = payloadOf(answer, 'JobRowsPayload');
      job = payload.job;
      count += payload.count;
    }
    if (options.json) printJson({ type: 'skip', count });
    else process.stderr.write(`${rows(count)} left out.\n`);
    if (job) printJob(job, options, connection);
    return EXIT.ok;
  });
}

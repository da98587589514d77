import { defineCommand } from '../command/command.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { SkipRowsDocument } from '../generated/graphql.ts';
import { printJson } from '../output/json.ts';
import { asking } from '../server/asking.ts';
import { payloadOf } from '../server/refusals.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { moveRows } from './every-row.ts';
import { rows } from './job-words.ts';
import { jobbing, printJob } from './look-at-job.ts';
import { rowNumbers } from './which-rows.ts';

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

/** Leaves rows out. */
function skipRows(jobId: string, { rows: numbers, ...options }: SkipOptions): Promise<ExitCode> {
  return withServer(options, 'api', async (connection) => {
    const { job, count } = await moveRows({ rowNumbers: numbers }, async (some) => {
      const { skipRows: answer } = await connection.api.request(SkipRowsDocument, {
        input: { jobId, ...some },
      });
      return payloadOf(answer, 'JobRowsPayload');
    });
    if (options.json) printJson({ type: 'skip', count });
    else process.stderr.write(`${rows(count)} left out.\n`);
    printJob(job, options, connection);
    return EXIT.ok;
  });
}

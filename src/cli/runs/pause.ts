import { defineCommand } from '../command/command.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { PauseRunDocument } from '../generated/graphql.ts';
import { asking } from '../server/asking.ts';
import { payloadOf } from '../server/refusals.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { printRun } from './print-run.ts';

/** `vidpipe pause`. */
export const pause = defineCommand({
  name: 'pause',
  summary: 'stop a run so that it can go on later',
  kinds: [asking],
  takes: (command) => command.argument('<run>', 'its id'),
  fields: { runId: 'RUN' },
  names: { pauseRun: 'vidpipe pause' },
  run: pauseRun,
});

/** Stops a run so that it can go on later; what is finished stays. */
function pauseRun(runId: string, options: CommonOptions): Promise<ExitCode> {
  return withServer(options, 'api', async ({ api }) => {
    const { pauseRun: answer } = await api.request(PauseRunDocument, { input: { runId } });
    printRun(payloadOf(answer, 'PauseRunPayload').run, options);
    return EXIT.ok;
  });
}

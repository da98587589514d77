import { defineCommand } from '../command/command.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { CancelRunDocument } from '../generated/graphql.ts';
import { asking } from '../server/asking.ts';
import { payloadOf } from '../server/refusals.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { printRun } from './print-run.ts';

/** `vidpipe cancel`. */
export const cancel = defineCommand({
  name: 'cancel',
  summary: 'end a run; what is finished stays',
  kinds: [asking],
  takes: (command) => command.argument('<run>', 'its id'),
  fields: { runId: 'RUN' },
  names: { cancelRun: 'vidpipe cancel' },
  run: cancelRun,
});

/** Ends a run; what is finished stays. */
function cancelRun(runId: string, options: CommonOptions): Promise<ExitCode> {
  return withServer(options, 'api', async ({ api }) => {
    const { cancelRun: answer } = await api.request(CancelRunDocument, { input: { runId } });
    printRun(payloadOf(answer, 'CancelRunPayload').run, options);
    return EXIT.ok;
  });
}

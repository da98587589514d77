import { EXIT, type ExitCode } from '../exit-codes.ts';
import { CancelRunDocument } from '../generated/graphql.ts';
import { printJson } from '../progress/json-view.ts';
import { payloadOf } from '../refusals.ts';
import { type CommonOptions, withServer } from '../session.ts';

/** Ends a run; what is finished stays. */
export function cancel(runId: string, options: CommonOptions): Promise<ExitCode> {
  return withServer(options, 'api', async ({ api }) => {
    const { cancelRun } = await api.request(CancelRunDocument, { input: { runId } });
    const { run } = payloadOf(cancelRun, 'CancelRunPayload');
    if (options.json) printJson(run);
    else console.log(`${run.id} is ${run.status}`);
    return EXIT.ok;
  });
}

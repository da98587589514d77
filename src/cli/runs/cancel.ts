import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { CancelRunDocument } from '../generated/graphql.ts';
import { payloadOf } from '../server/refusals.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { tellRun } from './tell-run.ts';

/** Ends a run; what is finished stays. */
export function cancel(runId: string, options: CommonOptions): Promise<ExitCode> {
  return withServer(options, 'api', async ({ api }) => {
    const { cancelRun } = await api.request(CancelRunDocument, { input: { runId } });
    tellRun(payloadOf(cancelRun, 'CancelRunPayload').run, options);
    return EXIT.ok;
  });
}

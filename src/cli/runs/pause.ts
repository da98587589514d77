import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { PauseRunDocument } from '../generated/graphql.ts';
import { payloadOf } from '../server/refusals.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { tellRun } from './tell-run.ts';

/** Stops a run so that it can go on later; what is finished stays. */
export function pause(runId: string, options: CommonOptions): Promise<ExitCode> {
  return withServer(options, 'api', async ({ api }) => {
    const { pauseRun } = await api.request(PauseRunDocument, { input: { runId } });
    tellRun(payloadOf(pauseRun, 'PauseRunPayload').run, options);
    return EXIT.ok;
  });
}

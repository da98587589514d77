import { EXIT, type ExitCode } from '../exit-codes.ts';
import { PauseRunDocument } from '../generated/graphql.ts';
import { payloadOf } from '../refusals.ts';
import { type CommonOptions, withServer } from '../session.ts';
import { tellRun } from '../tell-run.ts';

/** Stops a run so that it can go on later; what is finished stays. */
export function pause(runId: string, options: CommonOptions): Promise<ExitCode> {
  return withServer(options, 'api', async ({ api }) => {
    const { pauseRun } = await api.request(PauseRunDocument, { input: { runId } });
    tellRun(payloadOf(pauseRun, 'PauseRunPayload').run, options);
    return EXIT.ok;
  });
}

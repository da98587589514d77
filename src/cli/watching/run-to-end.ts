/** A launched run, watched to its end. */
import type { ApiClient } from '../server/api-client.ts';
import { CliFailure, EXIT } from '../command/exit-codes.ts';
import { CancelRunDocument } from '../generated/graphql.ts';
import { onInterrupt } from '../input/interrupt.ts';
import type { ProgressView } from '../progress/run-event.ts';
import { payloadOf } from '../server/refusals.ts';
import { lostAtLaunch, lostOnTheWay } from './lost-server.ts';
import { type FollowedRun, followRun } from './follow-run.ts';

/** What Ctrl-C does to a run that is watched: cancel it and wait for that, or leave it to go on. */
export type AtInterrupt = 'cancel' | 'leave';

export type Watch<Outcome> = {
  view: ProgressView;
  launch: () => Promise<FollowedRun>;
  /** What came of it; asked once it has ended. */
  outcome: (runId: string) => Promise<Outcome>;
  atInterrupt: AtInterrupt;
};

/**
 * Launches a run and follows it to its end. A second Ctrl-C leaves at once.
 *
 * @throws {CliFailure} if it is refused or paused, or the server goes away; whatever `outcome` throws.
 */
export async function runToEnd<Outcome>(
  api: ApiClient,
  { view, launch, outcome, atInterrupt }: Watch<Outcome>,
): Promise<Outcome> {
  const interrupted = new AbortController();
  const stopListening = onInterrupt(() => interrupted.abort());
  try {
    const run = await launch().catch((error: unknown) => {
      throw lostAtLaunch(error);
    });
    for (const warning of run.warnings ?? []) view.note(`Mind: ${warning}`);
    const stop = async () => {
      if (atInterrupt === 'leave') throw left(run);
      view.note('Cancelling; what is finished stays. Ctrl-C again leaves at once.');
      await requestCancel(api, run.runId);
    };
    const stopped = whenAborted(interrupted.signal, stop);
    try {
      await Promise.race([followRun(api, run, view), stopped.failure]);
      return await outcome(run.runId);
    } catch (error) {
      throw lostOnTheWay(error, api, run);
    }
  } finally {
    stopListening();
    view.close();
  }
}

/** Runs `act` once `signal` is aborted, now or later; `failure` rejects if that goes wrong and else never settles. */
function whenAborted(signal: AbortSignal, act: () => Promise<void>): { failure: Promise<never> } {
  const { promise, reject } = Promise.withResolvers<never>();
  const run = () => void act().catch(reject);
  if (signal.aborted) run();
  else signal.addEventListener('abort', run, { once: true });
  return { failure: promise };
}

const left = ({ runId }: FollowedRun) =>
  new CliFailure(EXIT.cancelled, `No longer followed; the run goes on. Again: vidpipe follow ${runId}`);

async function requestCancel(api: ApiClient, runId: string): Promise<void> {
  const { cancelRun } = await api.request(CancelRunDocument, { input: { runId } });
  payloadOf(cancelRun, 'CancelRunPayload');
}

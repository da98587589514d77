/** From a launched run to its film, with progress, cancelling and the right exit code. */
import { type ApiClient } from '../server/api-client.ts';
import { CliFailure, EXIT, type ExitCode } from '../command/exit-codes.ts';
import { lostAtLaunch, lostOnTheWay } from './lost-server.ts';
import { type FollowedRun, followRun } from './follow-run.ts';
import {
  CancelRunDocument,
  type FilmFragment,
  RunOutcomeDocument,
  type RunOutcomeQuery,
  type RunStatus,
} from '../generated/graphql.ts';
import { onInterrupt } from '../input/interrupt.ts';
import { billWords } from '../output/money.ts';
import type { ProgressView } from '../progress/run-event.ts';
import { payloadOf } from '../server/refusals.ts';
import { projectOf } from './project-of.ts';

type Outcome = NonNullable<RunOutcomeQuery['pipelineRun']>;

export type FinishedRun = { run: Outcome; film: FilmFragment | undefined; exitCode: ExitCode };

/** What Ctrl-C does to a run that is watched: cancel it and wait for that, or leave it to go on. */
export type AtInterrupt = 'cancel' | 'leave';

/**
 * Launches a run and follows it to its end. A second Ctrl-C leaves at once.
 *
 * @throws {CliFailure} if it is refused, fails, is paused or cancelled, or the server goes away.
 */
export async function makeFilm(
  api: ApiClient,
  view: ProgressView,
  launch: () => Promise<FollowedRun>,
  atInterrupt: AtInterrupt,
): Promise<FinishedRun> {
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
      return await outcomeOf(api, run.runId);
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

const EXIT_OF: Partial<Record<RunStatus, ExitCode>> = {
  COMPLETED: EXIT.ok,
  PARTIAL: EXIT.partial,
  CANCELLED: EXIT.cancelled,
};

async function outcomeOf(api: ApiClient, runId: string): Promise<FinishedRun> {
  const { pipelineRun: run } = await api.request(RunOutcomeDocument, { id: runId });
  if (!run) throw new CliFailure(EXIT.failed, `${runId} is gone: its project was deleted meanwhile.`);
  const exitCode = EXIT_OF[run.status] ?? EXIT.failed;
  const bill = billWords(run.cost);
  const spent = bill && ` ${bill}.`;
  if (exitCode === EXIT.cancelled)
    throw new CliFailure(exitCode, `Cancelled; what was finished stays in ${projectOf(run).id}.${spent}`);
  if (exitCode === EXIT.failed) {
    const reason = run.errorMessage ?? `it ended as ${run.status}`;
    throw new CliFailure(exitCode, `The run failed: ${reason}${spent}`, {
      code: run.errorCode ?? 'INTERNAL',
    });
  }
  return { run, film: run.videos.edges[0]?.node, exitCode };
}

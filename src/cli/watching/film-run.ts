/** From a launched run to its film, with progress, cancelling and the right exit code. */
import { type ApiClient } from '../server/api-client.ts';
import { CliFailure, EXIT, type ExitCode } from '../command/exit-codes.ts';
import type { FollowedRun } from './follow-run.ts';
import { type FilmFragment, RunOutcomeDocument, type RunOutcomeQuery } from '../generated/graphql.ts';
import type { ProgressView } from '../progress/run-event.ts';
import { exitCodeOf } from './ended.ts';
import { projectOf } from './project-of.ts';
import { type AtInterrupt, runToEnd } from './run-to-end.ts';

type Outcome = NonNullable<RunOutcomeQuery['pipelineRun']>;

export type FinishedRun = { run: Outcome; film: FilmFragment | undefined; exitCode: ExitCode };

/**
 * Launches a run of a film and follows it to its end. A second Ctrl-C leaves at once.
 *
 * @throws {CliFailure} if it is refused, fails, is paused or cancelled, or the server goes away.
 */
export const makeFilm = (
  api: ApiClient,
  view: ProgressView,
  launch: () => Promise<FollowedRun>,
  atInterrupt: AtInterrupt,
): Promise<FinishedRun> =>
  runToEnd(api, { view, launch, atInterrupt, outcome: (runId) => filmOutcome(api, runId) });

/**
 * What came of a run of a film that has ended.
 *
 * @throws {CliFailure} if it failed or was cancelled, or its project is gone.
 */
export async function filmOutcome(api: ApiClient, runId: string): Promise<FinishedRun> {
  const { pipelineRun: run } = await api.request(RunOutcomeDocument, { id: runId });
  if (!run) throw new CliFailure(EXIT.failed, `${runId} is gone: its project was deleted meanwhile.`);
  const exitCode = exitCodeOf(run, projectOf(run).id);
  return { run, film: run.videos.edges[0]?.node, exitCode };
}

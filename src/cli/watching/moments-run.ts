import { type CutFragment, MomentsOutcomeDocument, type MomentsOutcomeQuery } from '../generated/graphql.ts';
import { CliFailure, EXIT, type ExitCode } from '../command/exit-codes.ts';
import type { ApiClient } from '../server/api-client.ts';
import { exitCodeOf } from './ended.ts';

type Run = NonNullable<MomentsOutcomeQuery['pipelineRun']>;

/** What came of a run of moments. */
export type FinishedMoments = {
  run: Run;
  video: { id: string; title: string };
  /** In the order of the video. */
  moments: CutFragment[];
  exitCode: ExitCode;
};

/**
 * What came of a run that has ended.
 *
 * @throws {CliFailure} if it failed or was cancelled, or its video is gone.
 */
export async function momentsOutcome(api: ApiClient, runId: string): Promise<FinishedMoments> {
  const { pipelineRun: run } = await api.request(MomentsOutcomeDocument, { id: runId });
  if (!run || !('moments' in run.subject))
    throw new CliFailure(EXIT.failed, `${runId} is gone: its video was deleted meanwhile.`);
  const { id, title, moments } = run.subject;
  const exitCode = exitCodeOf(run, id);
  const all = moments.edges.map(({ node }) => node);
  const config = run.generationConfig?.id;
  // What other runs found is not what came of this one.
  const own = config === undefined ? all : all.filter((moment) => moment.generationConfig?.id === config);
  return { run, video: { id, title }, moments: own, exitCode };
}

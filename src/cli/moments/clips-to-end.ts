import type { ExitCode } from '../command/exit-codes.ts';
import type { RunMomentsInput } from '../generated/graphql.ts';
import { openView } from '../progress/open-view.ts';
import type { Connection } from '../server/connect.ts';
import { launchMoments } from '../watching/launch-moments.ts';
import { reportMoments } from '../watching/moments-report.ts';
import { momentsOutcome } from '../watching/moments-run.ts';
import { runToEnd } from '../watching/run-to-end.ts';
import { type ClipTarget, saveClips } from './save-clips.ts';

type Wish = {
  /** Where the clips go; nowhere unless given. */
  target: ClipTarget | undefined;
  /** Ids of the moments that are told of; all of the run unless given. */
  only?: readonly string[];
  json?: boolean | undefined;
};

/**
 * Launches a run of moments, waits for it, puts its clips where they are wanted and tells of them.
 *
 * @throws {CliFailure} if it is refused, fails or is cancelled, or the clips cannot be put there.
 */
export async function clipsToEnd(
  connection: Connection,
  input: RunMomentsInput,
  { target, only, json = false }: Wish,
): Promise<ExitCode> {
  const { api } = connection;
  const finished = await runToEnd(api, {
    view: openView(json),
    atInterrupt: 'cancel',
    launch: async () => {
      const launched = await launchMoments(api, input);
      await connection.work();
      return launched;
    },
    outcome: (runId) => momentsOutcome(api, runId),
  });
  const moments = finished.moments.filter(({ id }) => !only || only.includes(id));
  const saved = target && (await saveClips(moments, target));
  reportMoments({ ...finished, moments }, saved, json);
  return finished.exitCode;
}

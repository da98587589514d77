import { defineCommand } from '../command/command.ts';
import type { ExitCode } from '../command/exit-codes.ts';
import { openView } from '../progress/open-view.ts';
import { asking } from '../server/asking.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { runToEnd } from '../watching/run-to-end.ts';
import { reportMoments } from '../watching/moments-report.ts';
import { momentsOutcome } from '../watching/moments-run.ts';
import { launchMoments } from '../watching/launch-moments.ts';
import { cutInput, type CutOptions, cutting } from './run-options.ts';
import { saveClips, takeFolder } from './save-clips.ts';

type Options = CommonOptions & CutOptions & { out?: string; force?: boolean };

/** `vidpipe moments cut`. */
export const cut = defineCommand({
  name: 'cut',
  summary: 'cut moments of a video that are there: all that are kept, or those that are named',
  kinds: [asking, cutting],
  takes: (command) => command.argument('<video>', 'its id').argument('[moments...]', 'ids of its moments'),
  fields: {
    videoId: 'VIDEO',
    momentIds: 'MOMENTS',
    aspectRatio: '--aspect-ratio',
    paddingSeconds: '--padding',
  },
  names: { runMoments: 'vidpipe moments run' },
  run: cutMoments,
});

/** Cuts moments that are there, and waits for it. */
async function cutMoments(videoId: string, momentIds: string[], options: Options): Promise<ExitCode> {
  const target = await takeFolder(options.out, options.force);
  const which = momentIds.length > 0 ? { momentIds } : {};
  return withServer(options, 'agreed', async (connection) => {
    const { api } = connection;
    const finished = await runToEnd(api, {
      view: openView(options.json),
      atInterrupt: 'cancel',
      launch: async () => {
        const input = { videoId, scope: 'CLIPS_ONLY', ...which, ...cutInput(options) } as const;
        const launched = await launchMoments(api, input);
        await connection.work();
        return launched;
      },
      outcome: (runId) => momentsOutcome(api, runId),
    });
    const wanted = finished.moments.filter(({ id }) => momentIds.length === 0 || momentIds.includes(id));
    const saved = target && (await saveClips(wanted, target));
    reportMoments({ ...finished, moments: wanted }, saved, options.json ?? false);
    return finished.exitCode;
  });
}

import { defineCommand } from '../command/command.ts';
import type { ExitCode } from '../command/exit-codes.ts';
import { asking } from '../server/asking.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { clipsToEnd } from './clips-to-end.ts';
import { cutInput, type CutOptions, cutting } from './run-options.ts';
import { takeFolder } from './save-clips.ts';

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
  const input = { videoId, scope: 'CLIPS_ONLY', ...which, ...cutInput(options) } as const;
  return withServer(options, 'agreed', (connection) =>
    clipsToEnd(connection, input, {
      target,
      json: options.json,
      ...(momentIds.length > 0 && { only: momentIds }),
    }),
  );
}

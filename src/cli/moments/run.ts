import { defineCommand } from '../command/command.ts';
import type { ExitCode } from '../command/exit-codes.ts';
import { asking } from '../server/asking.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { bringIn, wishFor } from './bring-in.ts';
import { clipsToEnd } from './clips-to-end.ts';
import { cutInput, type CutOptions, cutting, findInput, finding, type FindOptions } from './run-options.ts';
import { takeFolder } from './save-clips.ts';

type RunOptions = CommonOptions & CutOptions & FindOptions & { out?: string; force?: boolean };

/** `vidpipe moments run`. */
export const run = defineCommand({
  name: 'run',
  summary: 'find the moments of a video that are worth posting, and cut them',
  kinds: [asking, finding, cutting],
  takes: (command) => command.argument('<video>', 'its id, an address, or a file of this machine'),
  fields: {
    videoId: 'VIDEO',
    aspectRatio: '--aspect-ratio',
    paddingSeconds: '--padding',
    maxMoments: '--count',
    minMomentLengthSeconds: '--min-length',
    maxMomentLengthSeconds: '--max-length',
  },
  names: { runMoments: 'vidpipe moments run' },
  run: findAndCut,
});

/** Finds the moments of a video, which is brought in first where it is not in the library; cuts them, and waits for all of it. */
async function findAndCut(video: string, options: RunOptions): Promise<ExitCode> {
  const wish = wishFor(video);
  const target = await takeFolder(options.out, options.force);
  return withServer(options, 'agreed', async (connection) => {
    const videoId = await bringIn(connection, wish, options.json);
    const input = { videoId, ...findInput(options), ...cutInput(options) };
    return clipsToEnd(connection, input, { target, json: options.json });
  });
}

import { defineCommand } from '../command/command.ts';
import type { ExitCode } from '../command/exit-codes.ts';
import { seconds } from '../command/option-values.ts';
import { StitchFilmDocument } from '../generated/graphql.ts';
import { asking } from '../server/asking.ts';
import { payloadOf } from '../server/refusals.ts';
import { watchFilm, watching, type WatchOptions, withoutAsking } from '../watching/watch-film.ts';

type StitchOptions = WatchOptions & {
  /** Seconds. */
  crossfade?: number;
};

/** `vidpipe stitch`. */
export const stitch = defineCommand({
  name: 'stitch',
  summary: 'make a new film of the clips a project has',
  kinds: [asking, watching],
  takes: (command) =>
    command
      .argument('<project>', 'its id')
      .option('--crossfade <seconds>', 'crossfade between scenes; 0 is a hard cut', seconds),
  fields: { projectId: 'PROJECT', crossfadeSeconds: '--crossfade' },
  names: { stitchFilm: 'vidpipe stitch' },
  run: stitchFilm,
});

/** Makes a new film of the clips a project has, and waits for it. */
function stitchFilm(projectId: string, { crossfade = 0, ...options }: StitchOptions): Promise<ExitCode> {
  return watchFilm(options, withoutAsking, async (api) => {
    const { stitchFilm: launched } = await api.request(StitchFilmDocument, {
      input: { projectId, crossfadeSeconds: crossfade },
    });
    return { runId: payloadOf(launched, 'StitchFilmPayload').run.id };
  });
}

import type { ExitCode } from '../command/exit-codes.ts';
import { StitchFilmDocument } from '../generated/graphql.ts';
import { payloadOf } from '../server/refusals.ts';
import { watchFilm, type WatchOptions, withoutAsking } from '../watching/watch-film.ts';

export type StitchOptions = WatchOptions & {
  /** Seconds. */
  crossfade?: number;
};

/** Makes a new film of the clips a project has, and waits for it. */
export function stitch(projectId: string, { crossfade = 0, ...options }: StitchOptions): Promise<ExitCode> {
  return watchFilm(options, withoutAsking, async (api) => {
    const { stitchFilm } = await api.request(StitchFilmDocument, {
      input: { projectId, crossfadeSeconds: crossfade },
    });
    return { runId: payloadOf(stitchFilm, 'StitchFilmPayload').run.id, projectId };
  });
}

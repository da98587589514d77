import type { ExitCode } from '../exit-codes.ts';
import { reportFilm } from '../film-report.ts';
import { makeFilm } from '../film-run.ts';
import { StitchFilmDocument } from '../generated/graphql.ts';
import { payloadOf } from '../refusals.ts';
import { type CommonOptions, openView, withServer } from '../session.ts';

export type StitchOptions = CommonOptions & {
  /** Seconds. */
  crossfade?: number;
};

/** Makes a new film of the clips a project has, and waits for it. */
export function stitch(projectId: string, { crossfade = 0, ...options }: StitchOptions): Promise<ExitCode> {
  return withServer(options, 'all', async ({ api }) => {
    const finished = await makeFilm(api, openView(options), async () => {
      const { stitchFilm } = await api.request(StitchFilmDocument, {
        input: { projectId, crossfadeSeconds: crossfade },
      });
      return { runId: payloadOf(stitchFilm, 'StitchFilmPayload').run.id, projectId };
    });
    reportFilm(finished, undefined, options.json ?? false);
    return finished.exitCode;
  });
}

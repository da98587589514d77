import type { ApiClient } from './api-client.ts';
import type { ExitCode } from './exit-codes.ts';
import { reportFilm } from './film-report.ts';
import { makeFilm } from './film-run.ts';
import type { FollowedRun } from './follow-run.ts';
import { type CommonOptions, openView, withServer } from './session.ts';

/**
 * Sets a run to work, shows it until it has ended and tells of its film.
 *
 * @param agree is asked first; what it gives is for the launch.
 */
export function watchFilm<Agreed>(
  options: CommonOptions,
  agree: (api: ApiClient) => Promise<Agreed>,
  launch: (api: ApiClient, agreed: Agreed) => Promise<FollowedRun>,
): Promise<ExitCode> {
  return withServer(options, 'all', async ({ api }) => {
    const agreed = await agree(api);
    const finished = await makeFilm(api, openView(options), () => launch(api, agreed));
    reportFilm(finished, undefined, options.json ?? false);
    return finished.exitCode;
  });
}

/** For what costs nothing. */
export const withoutAsking = async (): Promise<void> => {};

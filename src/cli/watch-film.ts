import type { ApiClient } from './api-client.ts';
import type { ExitCode } from './exit-codes.ts';
import { reportFilm } from './film-report.ts';
import { makeFilm } from './film-run.ts';
import type { FollowedRun } from './follow-run.ts';
import { type CommonOptions, openView, withServer } from './session.ts';

/** Sets a run to work, shows it until it has ended and tells of its film. */
export function watchFilm(
  options: CommonOptions,
  launch: (api: ApiClient) => Promise<FollowedRun>,
): Promise<ExitCode> {
  return withServer(options, 'all', async ({ api }) => {
    const finished = await makeFilm(api, openView(options), () => launch(api));
    reportFilm(finished, undefined, options.json ?? false);
    return finished.exitCode;
  });
}

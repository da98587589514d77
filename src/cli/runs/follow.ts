import { defineCommand } from '../command/command.ts';
import { CliFailure, EXIT, type ExitCode } from '../command/exit-codes.ts';
import { asking } from '../server/asking.ts';
import { watchFilm, watching, type WatchOptions, withoutAsking } from '../watching/watch-film.ts';
import { whichRun } from './which-run.ts';

/** `vidpipe follow`. */
export const follow = defineCommand({
  name: 'follow',
  summary: 'show a run until it has ended; Ctrl-C leaves it alone',
  kinds: [asking, watching],
  takes: (command) => command.argument('<run|project>', 'its id; of a project, the newest run'),
  run: followRun,
});

/**
 * Shows a run from where it is until it has ended, and tells of its film. Begins and changes nothing.
 *
 * @param id of a run, or of a project whose newest one is meant.
 */
function followRun(id: string, options: WatchOptions): Promise<ExitCode> {
  return watchFilm(
    options,
    withoutAsking,
    async (api) => {
      const found = await whichRun(api, id);
      if (found?.run) return { runId: found.run.id };
      const message = found
        ? `RUN|PROJECT: ${id} has no run yet; begin one with vidpipe resume ${id}.`
        : `RUN|PROJECT: there is no ${id}; see vidpipe list.`;
      throw new CliFailure(EXIT.failed, message, { code: 'NOT_FOUND' });
    },
    { atInterrupt: 'leave' },
  );
}

import type { OptionGroup } from '../command/command.ts';
import type { ExitCode } from '../command/exit-codes.ts';
import { openView } from '../progress/open-view.ts';
import type { ApiClient } from '../server/api-client.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { saveFilm } from './film-file.ts';
import { reportFilm } from './film-report.ts';
import { filmOutcome, type FinishedRun } from './film-run.ts';
import { type FinishedIngest, ingestOutcome, reportIngest } from './ingest-run.ts';
import { reportMoments } from './moments-report.ts';
import { type FinishedMoments, momentsOutcome } from './moments-run.ts';
import { type AtInterrupt, runToEnd } from './run-to-end.ts';
import { KindOfRunDocument, type RunKind } from '../generated/graphql.ts';
import { type FilmTarget, type OutOptions, takeTarget } from './film-target.ts';
import type { FollowedRun } from './follow-run.ts';

/** A command that waits for a film. */
export const watching: OptionGroup = {
  takes: (command) =>
    command.option('--out <file>', 'put the film there').option('--force', 'let --out replace a file'),
};

/** What it takes. */
export type WatchOptions = CommonOptions & OutOptions;

type Watching = {
  target?: FilmTarget | undefined;
  /** What Ctrl-C does to the run. */
  atInterrupt?: AtInterrupt;
};

/**
 * Sets a run to work, shows it until it has ended, puts its film where `--out` says and tells of it.
 *
 * @param agree is asked first; what it gives is for the launch.
 */
export function watchFilm<Agreed>(
  options: WatchOptions,
  agree: (api: ApiClient) => Promise<Agreed>,
  launch: (api: ApiClient, agreed: Agreed) => Promise<FollowedRun>,
  { target = takeTarget(options), atInterrupt = 'cancel' }: Watching = {},
): Promise<ExitCode> {
  return withServer(options, 'agreed', async (connection) => {
    const { api } = connection;
    const agreed = await agree(api);
    const begin = async () => {
      const run = await launch(api, agreed);
      await connection.work();
      return run;
    };
    const finished = await runToEnd(api, {
      view: openView(options.json),
      launch: begin,
      atInterrupt,
      outcome: (runId) => outcomeOf(api, runId),
    });
    const json = options.json ?? false;
    if ('film' in finished) {
      const saved = target && finished.film && (await saveFilm(finished.film, target));
      reportFilm(finished, saved, json);
      return finished.exitCode;
    }
    if (target) process.stderr.write('Mind: --out: this run makes no film, so nothing was put there.\n');
    if ('moments' in finished) reportMoments(finished, undefined, json);
    else reportIngest(finished, json);
    return finished.exitCode;
  });
}

type Finished = FinishedRun | FinishedMoments | FinishedIngest;

const OUTCOMES: Record<RunKind, (api: ApiClient, runId: string) => Promise<Finished>> = {
  FILM: filmOutcome,
  STITCH: filmOutcome,
  MOMENTS: momentsOutcome,
  INGEST: ingestOutcome,
};

/** What came of a run, whichever it is: a person who follows or resumes one names it by its id alone. */
async function outcomeOf(api: ApiClient, runId: string): Promise<Finished> {
  const { pipelineRun } = await api.request(KindOfRunDocument, { id: runId });
  return OUTCOMES[pipelineRun?.kind ?? 'FILM'](api, runId);
}

/** For what costs nothing. */
export const withoutAsking = async (): Promise<void> => {};

import { CliFailure, EXIT, type ExitCode } from '../command/exit-codes.ts';
import { type FilmFragment, IngestOutcomeDocument, type IngestOutcomeQuery } from '../generated/graphql.ts';
import { printJson } from '../output/json.ts';
import type { ApiClient } from '../server/api-client.ts';
import { exitCodeOf } from './ended.ts';
import { placeOf, withPath } from './film-file.ts';

type Run = NonNullable<IngestOutcomeQuery['pipelineRun']>;

/** What came of a run that brings a film in. */
export type FinishedIngest = { run: Run; ingested: FilmFragment; exitCode: ExitCode };

/**
 * What came of a run that has ended.
 *
 * @throws {CliFailure} if it failed or was cancelled, or its video is gone.
 */
export async function ingestOutcome(api: ApiClient, runId: string): Promise<FinishedIngest> {
  const { pipelineRun: run } = await api.request(IngestOutcomeDocument, { id: runId });
  if (!run) throw new CliFailure(EXIT.failed, `${runId} is gone.`);
  const exitCode = exitCodeOf(run, 'the library');
  const ingested = 'video' in run.subject ? run.subject.video : null;
  if (!ingested) throw new CliFailure(EXIT.failed, 'The video was deleted meanwhile.');
  return { run, ingested, exitCode };
}

/** Prints the id of the video that was brought in, for the commands that take one; with `--json`, all of it. */
export function reportIngest({ run, ingested }: FinishedIngest, json: boolean): void {
  const { id: runId, status, errorMessage, cost } = run;
  if (json) {
    printJson({ type: 'result', status, errorMessage, runId, film: withPath(ingested), cost });
    return;
  }
  if (status === 'PARTIAL') process.stderr.write(`With gaps: ${errorMessage ?? ''}\n`);
  process.stderr.write(`"${ingested.title}" · ${placeOf(ingested)}\n`);
  process.stdout.write(`${ingested.id}\n`);
}

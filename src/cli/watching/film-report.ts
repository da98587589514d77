/** Tells of a finished film: for a person, or as the last line of JSON. */
import { printJson } from '../output/json.ts';
import { billWords, dollars } from '../output/money.ts';
import { clock } from '../output/words.ts';
import { placeOf, withPath } from './film-file.ts';
import type { FinishedRun } from './film-run.ts';
import { projectOf } from './project-of.ts';

const MEGABYTE = 1_000_000;

/**
 * Prints the result to stdout: the film's path or address is the last line, so that a script can take it.
 *
 * @param saved where `--out` put the film; undefined if it was not asked for.
 */
export function reportFilm({ run, film }: FinishedRun, saved: string | undefined, json: boolean): void {
  if (json) {
    const { id: runId, status, errorMessage, cost, estimatedCostMicroUsd } = run;
    printJson({
      type: 'result',
      status,
      errorMessage,
      projectId: projectOf(run).id,
      runId,
      film: film ? withPath(film) : null,
      savedAs: saved ?? null,
      cost,
      estimatedCostMicroUsd,
    });
    return;
  }
  if (run.status === 'PARTIAL')
    process.stderr.write(`With gaps: ${run.errorMessage ?? 'see vidpipe status'}\n`);
  const bill = billWords(run.cost);
  if (bill)
    process.stderr.write(`${bill} (likely ${dollars(run.estimatedCostMicroUsd)}, as it was estimated)\n`);
  if (!film) {
    process.stderr.write(
      `${projectOf(run).id} has no film yet: the run ended after the stage it was asked for.\n`,
    );
    return;
  }
  const { durationSeconds, width, height, fileSizeBytes, title } = film;
  const size = `${(fileSizeBytes / MEGABYTE).toFixed(1)} MB`;
  process.stderr.write(
    `"${title}" · ${clock(durationSeconds)} · ${width}x${height} · ${size} · ${projectOf(run).id}\n`,
  );
  process.stdout.write(`${saved ?? placeOf(film)}\n`);
}

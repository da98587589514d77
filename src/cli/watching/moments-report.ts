/** Tells of moments and their clips: for a person, or as the last line of JSON. */
import type { CutFragment } from '../generated/graphql.ts';
import { printJson } from '../output/json.ts';
import { oneLine } from '../output/text-width.ts';
import { clock } from '../output/words.ts';
import { placeOf } from './film-file.ts';
import type { FinishedMoments } from './moments-run.ts';

/** A file that was written, and the moment whose clip it is. */
export type SavedClip = { momentId: string; file: string };

/** Prints what came of a run; each clip's place is a line of stdout, so that a script can take them. */
export function reportMoments(
  { run, video, moments }: FinishedMoments,
  saved: readonly SavedClip[] | undefined,
  json: boolean,
): void {
  if (json) {
    const { id: runId, status, errorMessage, totalMoments, totalClips, skippedStages, cost } = run;
    const outcome = { status, errorMessage, totalMoments, totalClips, skippedStages, cost };
    printJson({ type: 'result', runId, videoId: video.id, ...outcome, moments, saved: saved ?? null });
    return;
  }
  for (const { reason } of run.skippedStages) process.stderr.write(`Mind: ${reason}\n`);
  if (run.status === 'PARTIAL') process.stderr.write(`With gaps: ${run.errorMessage ?? ''}\n`);
  for (const moment of moments) process.stderr.write(`${momentLine(moment)}\n`);
  for (const { id, clip } of moments) {
    if (!clip) continue;
    const file = saved?.find(({ momentId }) => momentId === id)?.file;
    process.stdout.write(`${file ?? placeOf(clip)}\n`);
  }
}

/** `12:04–12:41  7.2  "Title"  moment_…` */
export function momentLine({
  id,
  title,
  startSeconds,
  endSeconds,
  score,
  clipErrorMessage,
}: CutFragment): string {
  const when = `${clock(startSeconds)}–${clock(endSeconds)}`.padEnd(15);
  const points = (score === null ? '' : score.toFixed(1)).padStart(4);
  const trouble = clipErrorMessage === null ? '' : `  not cut: ${oneLine(clipErrorMessage)}`;
  return `${when} ${points}  ${oneLine(title)}  ${id}${trouble}`;
}

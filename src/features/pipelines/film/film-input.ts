import { capIssues } from '../../budget/cap.ts';
import {
  type CheckedProject,
  checkProjectInput,
  DEFAULT_CLIP_SECONDS,
  type ProjectInput,
} from '../../projects/project-input.ts';
import { crossfadeIssues } from './crossfade.ts';

/** What a film is to be, and what a launch may be told of it. */
export type FilmInput = ProjectInput & { crossfadeSeconds: number; maxCostCents?: number | null | undefined };

/**
 * Checks everything that `generateFilm` is asked for at once.
 *
 * @throws {InvalidInputError} with every issue found and what would be accepted.
 */
export const checkFilmInput = ({
  crossfadeSeconds,
  maxCostCents = null,
  ...asked
}: FilmInput): CheckedProject =>
  checkProjectInput(asked, [
    ...crossfadeIssues(crossfadeSeconds, asked.targetClipDuration ?? DEFAULT_CLIP_SECONDS),
    ...capIssues('maxCostCents', maxCostCents),
  ]);

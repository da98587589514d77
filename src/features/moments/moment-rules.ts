/** What a moment may be. Pure. */
import type { InputIssue } from '../../core/errors.ts';
import { cleanText } from '../../core/outside-text.ts';
import { showsSomething } from '../../core/shown-text.ts';
import { secondsText } from '../../core/seconds-text.ts';
import { clock } from '../../text/clock.ts';

/** Longest title, in UTF-16 units; ours. */
export const MAX_TITLE_LENGTH = 200;
/** Longest short name; ours. */
export const MAX_IDENTIFIER_LENGTH = 100;
/** Shortest that is made by hand, in milliseconds; ours: two pictures of most films, for of less there is none to be cut. */
const LEAST_MOMENT_MS = 100;
/** Best that a moment is scored. */
export const BEST_SCORE = 10;

const IDENTIFIER = /^[\p{Ll}\p{Lo}\p{N}]+(?:-[\p{Ll}\p{Lo}\p{N}]+)*$/u;

/** A title on one line, as it is kept. */
export const tidyTitle = (title: string): string => cleanText(title).replaceAll(/\s+/gu, ' ').trim();

export type Times = { startSeconds: number; endSeconds: number };

/** Whether a part has no picture to be cut, or may have none. */
export const isTooShort = ({ startSeconds, endSeconds }: Times): boolean =>
  Math.round((endSeconds - startSeconds) * 1_000) < LEAST_MOMENT_MS;

type Given = Partial<Times> & {
  title?: string | undefined;
  score?: number | null | undefined;
  identifier?: string | undefined;
};

/**
 * What is wrong with a moment, each with the field that it is about.
 *
 * @param given what somebody wants of it; its times both, as they will be, where one of them was given.
 */
export function issuesOfMoment({ durationSeconds }: { durationSeconds: number }, given: Given): InputIssue[] {
  const { startSeconds, endSeconds, title, score, identifier } = given;
  const issues: InputIssue[] = [];
  const add = (field: string, message: string) => issues.push({ path: [field], message });
  if (startSeconds !== undefined && startSeconds < 0) add('startSeconds', 'Must not be before the video.');
  if (endSeconds !== undefined && endSeconds > durationSeconds)
    add('endSeconds', `Must be in the video, which ends at ${secondsText(durationSeconds)}.`);
  if (startSeconds !== undefined && endSeconds !== undefined && endSeconds <= startSeconds)
    add('endSeconds', 'Must be after its start.');
  else if (startSeconds !== undefined && endSeconds !== undefined && isTooShort({ startSeconds, endSeconds }))
    add('endSeconds', `Must be at least ${LEAST_MOMENT_MS / 1_000} s after its start.`);
  if (title !== undefined && !showsSomething(tidyTitle(title))) add('title', 'Must not be empty.');
  if (title !== undefined && tidyTitle(title).length > MAX_TITLE_LENGTH)
    add('title', `May have at most ${MAX_TITLE_LENGTH} characters.`);
  if (score != null && (score < 0 || score > BEST_SCORE)) add('score', `Must be 0 to ${BEST_SCORE}.`);
  if (identifier !== undefined && (identifier.length > MAX_IDENTIFIER_LENGTH || !IDENTIFIER.test(identifier)))
    add(
      'identifier',
      `Must be small letters and digits with hyphens between them, at most ${MAX_IDENTIFIER_LENGTH}.`,
    );
  return issues;
}

/** A title for a moment that nobody gave one. */
export const titleOfTimes = ({ startSeconds, endSeconds }: Times): string =>
  `${clock(startSeconds, '.')} to ${clock(endSeconds, '.')}`;

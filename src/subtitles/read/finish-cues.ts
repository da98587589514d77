/** Cues as files have them into cues that hold what `Cue` says. */
import { cleanText } from '../../core/outside-text.ts';
import { type Cue, type CueWord, toMilliseconds } from '../cue.ts';
import { LIMITS } from '../limits.ts';
import { refused } from '../problem.ts';
import { tidyText } from './lines.ts';
import type { RawCue, RawSubtitles, Warning } from './raw-cue.ts';

type Warn = (code: Warning['code'], line: number | null, what: string) => void;

/**
 * The cues that can be shown, in the order of their starts, and what was dropped or mended.
 *
 * @throws {SubtitlesRefused} CUES_MISSING, TOO_MANY_CUES.
 */
export function finishCues(raw: RawSubtitles): { cues: Cue[]; warnings: Warning[] } {
  const extra = raw.cues[LIMITS.cues];
  if (extra)
    throw refused(
      'TOO_MANY_CUES',
      `There are more than ${LIMITS.cues} cues; make several files of it.`,
      extra.line,
    );
  const warnings = [...raw.warnings];
  const warn: Warn = (code, line, what) =>
    warnings.push({
      code,
      line,
      reason: line === null ? `A cue ${what}` : `The cue in line ${line} ${what}`,
    });
  const cues = raw.cues.flatMap((cue) => finished(cue, warn));
  if (cues.length === 0) throw refused('CUES_MISSING', reasonWithout(warnings), warnings[0]?.line ?? null);
  return { cues: inOrder(cues, raw.cues, warn), warnings };
}

const reasonWithout = ([first]: readonly Warning[]): string =>
  `There is no cue in it that can be shown.${first ? ` ${first.reason}` : ''}`;

function finished(raw: RawCue, warn: Warn): Cue[] {
  const span = spanOf(raw, warn);
  const whole = span && tidyText(cleanText(raw.text));
  if (!span || !whole) return [];
  const text = cleanText(whole, LIMITS.cueUnits).trimEnd();
  const isCut = whole.length > LIMITS.cueUnits;
  if (isCut)
    warn('CUE_TOO_LONG', raw.line, `has more text than is read: it is cut at ${LIMITS.cueUnits} characters.`);
  const words = isCut ? [] : wordsWithin(raw.words ?? [], span);
  const speaker = cleanText(tidyText(raw.speaker ?? '').replaceAll('\n', ' '), LIMITS.speakerUnits);
  return [{ ...span, text, ...(words.length > 0 && { words }), ...(speaker !== '' && { speaker }) }];
}

function spanOf(raw: RawCue, warn: Warn): Pick<Cue, 'startSeconds' | 'endSeconds'> | null {
  const { line } = raw;
  const [startSeconds, endSeconds] = [toMilliseconds(raw.startSeconds), toMilliseconds(raw.endSeconds)];
  if (!Number.isFinite(startSeconds) || !Number.isFinite(endSeconds)) {
    warn('TIME_DAMAGED', line, 'has no start or no end; it is left out.');
    return null;
  }
  if (startSeconds > LIMITS.latestSeconds || endSeconds > LIMITS.latestSeconds) {
    warn('TIME_TOO_LATE', line, 'lies a thousand hours away; it is left out.');
    return null;
  }
  if (endSeconds <= startSeconds) {
    warn('CUE_WITHOUT_LENGTH', line, 'ends no later than it begins; it is left out.');
    return null;
  }
  if (startSeconds >= 0) return { startSeconds, endSeconds };
  const isOver = endSeconds <= 0;
  warn(
    'TIME_NEGATIVE',
    line,
    isOver ? 'ends before the film; it is left out.' : 'begins before the film; now with it.',
  );
  return isOver ? null : { startSeconds: 0, endSeconds };
}

/** Words in order, none outside of the cue nor before the one before it. */
function wordsWithin(
  words: readonly CueWord[],
  { startSeconds, endSeconds }: Pick<Cue, 'startSeconds' | 'endSeconds'>,
): CueWord[] {
  let latest = startSeconds;
  const held = (seconds: number) => Math.min(Math.max(toMilliseconds(seconds), latest), endSeconds);
  return words
    .map(({ word, ...times }) => ({ ...times, word: tidyText(cleanText(word)).replaceAll('\n', ' ') }))
    .filter(({ word }) => word !== '')
    .map((word) => {
      const start = held(word.startSeconds);
      latest = start;
      const end = held(word.endSeconds);
      latest = end;
      return { ...word, startSeconds: start, endSeconds: end };
    });
}

function inOrder(cues: Cue[], raw: readonly RawCue[], warn: Warn): Cue[] {
  const at = raw.findIndex((cue, index) => index > 0 && cue.startSeconds < raw[index - 1]!.startSeconds);
  if (at < 0) return cues;
  warn('CUES_OUT_OF_ORDER', raw[at]!.line, 'begins before the one above it; all are sorted by their starts.');
  return cues.toSorted((one, other) => one.startSeconds - other.startSeconds);
}

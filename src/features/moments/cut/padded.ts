import type { TimedWord } from '../../../text/timed-words.ts';
import type { Survey } from '../../videos/survey/survey.ts';

type Stretch = { startSeconds: number; endSeconds: number };

/** Kept from a neighbouring word: recognisers end words a little early. */
const GUARD_SECONDS = 0.03;

/**
 * A moment with room before its first word and after its last: as much as asked for, never into a word that is not its own, and
 * from there to where it is quietest. Pure.
 *
 * @param words of the video, in order.
 */
export function padded(
  moment: Stretch,
  words: readonly TimedWord[],
  { loudness }: Pick<Survey, 'loudness'>,
  { paddingSeconds, durationSeconds }: { paddingSeconds: number; durationSeconds: number },
): Stretch {
  const before = words.findLast(
    ({ startSeconds, endSeconds }) => middle(startSeconds, endSeconds) < moment.startSeconds,
  );
  const after = words.find(
    ({ startSeconds, endSeconds }) => middle(startSeconds, endSeconds) >= moment.endSeconds,
  );
  const earliest = Math.max(
    0,
    moment.startSeconds - paddingSeconds,
    (before?.endSeconds ?? -1) + GUARD_SECONDS,
  );
  const latest = Math.min(
    durationSeconds,
    moment.endSeconds + paddingSeconds,
    (after?.startSeconds ?? durationSeconds + 1) - GUARD_SECONDS,
  );
  return {
    startSeconds: quietest({ startSeconds: earliest, endSeconds: moment.startSeconds }, loudness, 'FIRST'),
    endSeconds: quietest({ startSeconds: moment.endSeconds, endSeconds: latest }, loudness, 'LAST'),
  };
}

const middle = (startSeconds: number, endSeconds: number) => (startSeconds + endSeconds) / 2;

/** dB: steps so near to the quietest are as quiet, and the clip is given the room. */
const AS_QUIET = 3;

/** The quietest time of a stretch, of those that are alike the outermost; the inner end of one that is turned over. */
function quietest(
  { startSeconds, endSeconds }: Stretch,
  loudness: Survey['loudness'],
  which: 'FIRST' | 'LAST',
): number {
  const inner = which === 'FIRST' ? endSeconds : startSeconds;
  const outer = which === 'FIRST' ? startSeconds : endSeconds;
  if (startSeconds >= endSeconds) return inner;
  if (!loudness) return outer;
  const { stepSeconds, values } = loudness;
  const from = Math.ceil(startSeconds / stepSeconds);
  const steps = values.slice(from, Math.floor(endSeconds / stepSeconds));
  if (steps.length === 0) return outer;
  const least = Math.min(...steps) + AS_QUIET;
  const isQuiet = (level: number) => level <= least;
  const at = which === 'FIRST' ? steps.findIndex(isQuiet) : steps.findLastIndex(isQuiet) + 1;
  return (from + at) * stepSeconds;
}

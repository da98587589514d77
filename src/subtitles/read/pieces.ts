/** Text with times between its pieces, as WebVTT and YouTube's JSON have it. */
import type { CueWord } from '../cue.ts';
import { joinsWithoutSpace } from '../../text/joined.ts';
import { spreadTokens } from '../words/spread-tokens.ts';
import { tokensOf } from '../words/tokens.ts';
import type { Span } from './times.ts';

export type Piece = {
  /** When it begins; null for what comes before the first time. */
  atSeconds: number | null;
  text: string;
};

/**
 * The words of a cue that has times within; undefined where it has none. Times that go back, or leave the cue, are held
 * to what lies around them. A piece of several words is spread over its time, which is told of them, and one of blanks is a pause.
 */
export function wordsOfPieces(
  pieces: readonly Piece[],
  span: Span,
  language?: string,
): CueWord[] | undefined {
  if (!pieces.some(({ atSeconds }) => atSeconds !== null)) return undefined;
  const starts = startsOf(pieces, span);
  const words: CueWord[] = [];
  let before = '';
  for (const [index, { text }] of pieces.entries()) {
    const tokens = tokensOf(text, language);
    const found: CueWord[] = spreadTokens(tokens, starts[index]!, starts[index + 1] ?? span.endSeconds);
    if (found.length > 1) for (const word of found) word.isSpread = true;
    const last = words.at(-1);
    const [first] = found;
    if (last && first && goesOn(before, text)) {
      last.word += first.word;
      last.endSeconds = first.endSeconds;
      found.shift();
    }
    // A space that a script without spaces has all the same; the end of a line is none.
    if (last && found[0] && before.endsWith(' ') && joinsWithoutSpace(last.word, found[0].word))
      last.isSpaced = true;
    words.push(...found);
    if (text !== '') before = text;
  }
  return words;
}

function startsOf(pieces: readonly Piece[], { startSeconds, endSeconds }: Span): number[] {
  let latest = startSeconds;
  return pieces.map(({ atSeconds }) => {
    latest = Math.min(Math.max(latest, atSeconds ?? latest), endSeconds);
    return latest;
  });
}

/** Whether a time stands within a word, as for its syllables. */
const goesOn = (before: string, after: string): boolean =>
  /\S$/.test(before) && /^\S/.test(after) && !joinsWithoutSpace(before, after);

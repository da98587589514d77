/** A text in the words that are timed: as they are printed, with the marks that belong to them. */
import { isSpaceless } from '../../text/joined.ts';
import { segmenterOf } from './segmenters.ts';

export type Token = { word: string; isSpaced?: true };

const HAS_WORD = /[\p{L}\p{N}]/u;
/** Marks that open something lean on the next word; all others on the one before. */
const OPENS = /^[\p{Ps}\p{Pi}¿¡"'„]+$/u;

/** The words of a text. Marks that stand alone, `–` or the `!` of French, go with the word that they belong to. */
export function tokensOf(text: string, language?: string): Token[] {
  const pieces: Token[] = [];
  for (const printed of text.split(/\s+/)) {
    if (printed === '') continue;
    if (isSpaceless(printed)) pieces.push(...segmented(printed, language));
    else pieces.push({ word: printed });
  }
  return withMarks(pieces);
}

/** Words of a script without spaces, by dictionary. */
function segmented(printed: string, language?: string): Token[] {
  const pieces: Token[] = [];
  let opening = '';
  for (const { segment } of segmenterOf('word', language).segment(printed)) {
    const last = pieces.at(-1);
    if (HAS_WORD.test(segment)) {
      pieces.push({ word: opening + segment });
      opening = '';
    } else if (OPENS.test(segment) || !last) opening += segment;
    else last.word += opening + segment;
  }
  const last = pieces.at(-1);
  if (!last) return [{ word: printed }];
  last.word += opening;
  last.isSpaced = true;
  return pieces;
}

function withMarks(pieces: readonly Token[]): Token[] {
  const tokens: Token[] = [];
  let opening = '';
  for (const { word, isSpaced } of pieces) {
    const last = tokens.at(-1);
    if (HAS_WORD.test(word)) {
      tokens.push({ word: opening + word, ...(isSpaced && { isSpaced }) });
      opening = '';
    } else if (!last || OPENS.test(word)) opening += `${word} `;
    else last.word += ` ${word}`;
  }
  const last = tokens.at(-1);
  if (!last) return [];
  last.word += ` ${opening}`.trimEnd();
  // A space at the end of a text is that of whoever goes on.
  delete last.isSpaced;
  return tokens;
}

import type { PrismaClient } from '../../../generated/prisma/client.ts';
import { dictionaryOf } from './dictionaries.ts';
import { findLike, findSought, type Token } from './marks.sql.ts';
import type { Found } from './search.sql.ts';
import { bareOf, placedRuns, placedWords, searchedQuery, withoutExcluded } from './searched-text.ts';

/** A part of a text, in UTF-16 units from its start: `text.slice(start, end)`. */
export type Mark = { start: number; end: number };

/** A word is judged once for all sentences of a language. */
const keyOf = (word: string, { language }: Pick<Found, 'language'>) => `${dictionaryOf(language)} ${word}`;

/**
 * Finds in sentences the words for which they were found, in their order.
 *
 * @param isGuess whether they were found by words that are only like the query's.
 */
export async function markWords<Row extends Pick<Found, 'text' | 'language'>>(
  db: Pick<PrismaClient, '$queryRaw'>,
  rows: readonly Row[],
  query: string,
  isGuess: boolean,
): Promise<(Row & { marks: Mark[] })[]> {
  const asked = withoutExcluded(query);
  const tokens = new Map<string, Token>();
  const placed = rows.map((row) => placedWords(row.text));
  for (const [at, row] of rows.entries())
    for (const { word } of placed[at]!)
      tokens.set(keyOf(word, row), { word, bare: bareOf(word), dictionary: dictionaryOf(row.language) });
  const all = [...tokens.values()];
  const places = isGuess
    ? await findLike(
        db,
        all,
        placedWords(asked).map(({ word }) => word),
      )
    : await findSought(db, all, searchedQuery(asked));
  const keys = [...tokens.keys()];
  const sought = new Set(places.map((place) => keys[place]));
  return rows.map((row, at) => {
    const words = placed[at]!.filter(({ word }) => sought.has(keyOf(word, row)));
    const marks = [...words, ...placedRuns(row.text, asked)].map(({ start, end }) => ({ start, end }));
    return { ...row, marks: marks.toSorted((one, other) => one.start - other.start) };
  });
}

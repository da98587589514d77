/** Which words of a sentence are those that were looked for: the dictionaries that know are PostgreSQL's. */
import type { PrismaClient } from '../../../generated/prisma/client.ts';
import type { Sought } from './search.sql.ts';

type Reader = Pick<PrismaClient, '$queryRaw'>;

/** A word of a text in lower case, without its accents, and the dictionary of its language. */
export type Token = { word: string; bare: string; dictionary: string };

/** Least likeness of a word to one that was typed wrong. */
const LIKENESS = 0.4;

const columnsOf = (tokens: readonly Token[]) =>
  [
    tokens.map(({ word }) => word),
    tokens.map(({ bare }) => bare),
    tokens.map(({ dictionary }) => dictionary),
  ] as const;

/** Places in `tokens` of those that are words of `sought`, as their dictionary knows them. */
export async function findSought(db: Reader, tokens: readonly Token[], sought: Sought): Promise<number[]> {
  const [words, bare, dictionaries] = columnsOf(tokens);
  const rows = await db.$queryRaw<{ place: number }[]>`
    WITH sought AS (
      SELECT name, tsvector_to_array(to_tsvector(name::regconfig, ${sought.words})
        || to_tsvector('simple', ${`${sought.words} ${sought.bare}`})) AS lexemes
      FROM unnest(${[...new Set(dictionaries)]}::text[]) AS name)
    SELECT (place - 1)::int AS place
    FROM unnest(${words}::text[], ${bare}::text[], ${dictionaries}::text[]) WITH ORDINALITY AS token (word, bare, name, place)
    JOIN sought USING (name)
    WHERE tsvector_to_array(to_tsvector(name::regconfig, word) || to_tsvector('simple', word || ' ' || bare)) && lexemes`;
  return rows.map(({ place }) => place);
}

/** Places in `tokens` of those that are much like one of these words. */
export async function findLike(db: Reader, tokens: readonly Token[], like: string[]): Promise<number[]> {
  const [words] = columnsOf(tokens);
  const rows = await db.$queryRaw<{ place: number }[]>`
    SELECT (place - 1)::int AS place FROM unnest(${words}::text[]) WITH ORDINALITY AS token (word, place)
    WHERE EXISTS (SELECT FROM unnest(${like}::text[]) AS typed WHERE similarity(word, typed) >= ${LIKENESS})`;
  return rows.map(({ place }) => place);
}

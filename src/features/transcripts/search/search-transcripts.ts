/** Finding what was said, wherever it was. */
import { InvalidInputError } from '../../../core/errors.ts';
import { storableIssue } from '../../../core/storable.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { languageTag } from '../language-tag.ts';
import { type Mark, markWords } from './mark-words.ts';
import { countFound, type Found, hasAny, huntForLike, huntForWords } from './search.sql.ts';
import { judgeQuery, readDictionaries, readFound } from './search.sql.ts';
import { searchedQuery, withoutExcluded } from './searched-text.ts';

/** Longest query, in UTF-16 units; ours. */
export const MAX_QUERY_LENGTH = 200;

export type Search = {
  /** As people type it into a search box. */
  query: string;
  /** Tag of a language; those of all its regions are searched. */
  language?: string | null | undefined;
  /** Bare UUID. */
  videoId: string | null;
  /** Whether words are guessed; null to see whether there are some as they are. */
  isGuess: boolean | null;
};

/** A sentence that was found. */
export type Hit = Found & {
  /** The words for which it was found. */
  marks: Mark[];
  /** Whether none was found by the words themselves, and this is like them. */
  isGuess: boolean;
};

export type Hits = Pick<Hit, 'isGuess'> & {
  /** Some of them; see `readFound`. */
  read: (past: Prisma.Sql, order: Prisma.Sql, take: number) => Promise<Hit[]>;
  count: () => Promise<number>;
};

/**
 * Finds sentences of the actor's transcripts by their words. Where no sentence has them, those whose words are much like
 * them; not where somebody said how they must stand, or which must not.
 *
 * @throws {InvalidInputError} naming `query` or `language`.
 */
export async function searchTranscripts(
  { db, actor }: Pick<Ctx, 'db' | 'actor'>,
  { query, language, videoId, isGuess: known }: Search,
): Promise<Hits> {
  checkQuery(query);
  const where = { actor, language: language == null ? null : languageTag(language), videoId };
  const sought = searchedQuery(query);
  const dictionaries = await readDictionaries(db, where);
  const { hasWord, canGuess } = await judgeQuery(db, dictionaries, sought);
  if (!hasWord) refuse('Must have a word that is to be found, besides those that must not be there.');
  const byWords = huntForWords(where, dictionaries, sought);
  const mayGuess = canGuess && !query.includes('"') && withoutExcluded(query) === query;
  const isGuess = mayGuess && (known ?? !(await hasAny(db, byWords)));
  const hunt = isGuess ? huntForLike(where, sought) : byWords;
  return {
    isGuess,
    read: async (...page) => {
      const rows = await markWords(db, await readFound(db, hunt, ...page), query, isGuess);
      return rows.map((row) => ({ ...row, isGuess }));
    },
    count: () => countFound(db, hunt),
  };
}

function checkQuery(query: string): void {
  const issue = storableIssue(query);
  if (issue !== null) refuse(issue);
  if (query.length > MAX_QUERY_LENGTH)
    refuse(`May have at most ${MAX_QUERY_LENGTH} characters, not ${query.length}.`);
}

function refuse(message: string): never {
  throw new InvalidInputError([{ path: ['query'], message }]);
}

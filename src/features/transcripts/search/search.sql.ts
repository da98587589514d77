/** Finding sentences by their words: PostgreSQL's full text has no words in Prisma. The same on both databases. */
import { Prisma } from '../../../generated/prisma/client.ts';
import type { PrismaClient, Transcript, TranscriptSentence } from '../../../generated/prisma/client.ts';
import type { Actor } from '../../../platform/context.ts';
import { visibleTranscripts } from '../transcript.ts';
import { AS_IT_IS, dictionaryOf } from './dictionaries.ts';

type Reader = Pick<PrismaClient, '$queryRaw'>;

/** Which transcripts are searched. */
export type Among = { actor: Actor; language: string | null; videoId: string | null };

/** What is looked for: words as PostgreSQL reads them, and the same without accents. */
export type Sought = { words: string; bare: string };

export type Found = Pick<TranscriptSentence, 'transcriptId' | 'sentenceIndex' | 'text'> &
  Pick<Transcript, 'language' | 'videoId'> & {
    start: number;
    end: number;
    /** How well it fits, above 0. */
    rank: number;
  };

/** Sentences that are looked for, and how well one fits. The sentence is `s`, its transcript `t`. */
export type Hunt = { fits: Prisma.Sql; rank: Prisma.Sql; among: Prisma.Sql };

const among = ({ actor, language, videoId }: Among): Prisma.Sql =>
  Prisma.join(
    [
      visibleTranscripts.sql(actor, 't'),
      ...(videoId === null ? [] : [Prisma.sql`t.video_id = ${videoId}::uuid`]),
      // A tag has neither % nor _.
      ...(language === null
        ? []
        : [Prisma.sql`(t.language = ${language} OR t.language LIKE ${`${language}-%`})`]),
    ],
    ' AND ',
  );

/** The dictionaries by which the words of these transcripts are read. */
export async function readDictionaries(db: Reader, where: Among): Promise<string[]> {
  const rows = await db.$queryRaw<{ language: string }[]>`
    SELECT DISTINCT t.language FROM transcripts t WHERE ${among(where)}`;
  return [...new Set([AS_IT_IS, ...rows.map(({ language }) => dictionaryOf(language))])];
}

/** The query by each dictionary; what fits one of them is found. */
function queryOf(dictionaries: readonly string[], { words, bare }: Sought): Prisma.Sql {
  const queries = dictionaries.map((name) => Prisma.sql`websearch_to_tsquery(${name}::regconfig, ${words})`);
  if (bare !== words) queries.push(Prisma.sql`websearch_to_tsquery('simple', ${bare})`);
  return Prisma.sql`(${Prisma.join(queries, ' || ')})`;
}

/** Sentences with these words. */
export function huntForWords(where: Among, dictionaries: readonly string[], sought: Sought): Hunt {
  const query = queryOf(dictionaries, sought);
  return {
    fits: Prisma.sql`s.words @@ ${query}`,
    rank: Prisma.sql`ts_rank_cd(s.words, ${query})::float8`,
    among: among(where),
  };
}

/** Sentences with words that are much like these, by the three letters that they have in common. */
export const huntForLike = (where: Among, { words }: Sought): Hunt => ({
  fits: Prisma.sql`lower(s.text) %> ${words}::text`,
  rank: Prisma.sql`word_similarity(${words}::text, lower(s.text))::float8`,
  among: among(where),
});

/** Whether a query has a word that sentences must have, by which they are found; and whether wrong ones can be. */
export async function judgeQuery(
  db: Reader,
  dictionaries: readonly string[],
  sought: Sought,
): Promise<{ hasWord: boolean; canGuess: boolean }> {
  const [row] = await db.$queryRaw<{ tree: string; canGuess: boolean }[]>`
    SELECT querytree(${queryOf(dictionaries, sought)}) AS tree,
      to_regclass('transcript_sentences_text_like_idx') IS NOT NULL AS "canGuess"`;
  return { hasWord: !['', 'T'].includes(row?.tree ?? ''), canGuess: row?.canGuess ?? false };
}

const from = (hunt: Hunt) => Prisma.sql`
  transcript_sentences s JOIN transcripts t ON t.id = s.transcript_id WHERE ${hunt.fits} AND ${hunt.among}`;

export async function hasAny(db: Reader, hunt: Hunt): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`SELECT 1 FROM ${from(hunt)} LIMIT 1`;
  return rows.length > 0;
}

export async function countFound(db: Reader, hunt: Hunt): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM ${from(hunt)}`;
  return row?.count ?? 0;
}

/** Some of them, of which `past` is true, in an order; both speak of the columns of {@link Found}, as the statement has them. */
export const readFound = (
  db: Reader,
  hunt: Hunt,
  past: Prisma.Sql,
  order: Prisma.Sql,
  take: number,
): Promise<Found[]> => db.$queryRaw`
  SELECT transcript_id AS "transcriptId", sentence_index AS "sentenceIndex", text, language, video_id AS "videoId",
    start_time AS start, end_time AS "end", rank
  FROM (
    SELECT s.transcript_id, s.sentence_index, s.text, s.start_time, s.end_time, t.language, t.video_id, ${hunt.rank} AS rank
    FROM ${from(hunt)}
  ) found
  WHERE ${past} ORDER BY ${order} LIMIT ${take}`;

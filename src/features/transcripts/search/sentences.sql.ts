/** Rows of sentences, and how they are found: PostgreSQL's full text has no words in Prisma. The same on both databases. */
import { Prisma } from '../../../generated/prisma/client.ts';
import type { PrismaClient, Transcript } from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { storedSentences } from '../transcript.ts';
import { AS_IT_IS, dictionaryOf } from './dictionaries.ts';
import { searchedText } from './searched-text.ts';

type Said = Pick<Transcript, 'id' | 'language' | 'segmentTimestamps'>;

/** Rows of a statement: the embedded database's memory grows with what it is given at once. */
const AT_ONCE = 2_000;

/**
 * Writes the sentences of a transcript as they are searched, within `tx`; those that it had go.
 *
 * @param transcript as it is then.
 */
export async function writeSentences(tx: Tx, { id, language, segmentTimestamps }: Said): Promise<void> {
  await tx.transcriptSentence.deleteMany({ where: { transcriptId: id } });
  const rows = storedSentences.parse(segmentTimestamps).map((sentence, index) => ({ index, ...sentence }));
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const part = rows.slice(from, from + AT_ONCE);
    const searched = part.map(({ text }) => searchedText(text));
    await tx.$executeRaw`
      INSERT INTO transcript_sentences (transcript_id, sentence_index, start_time, end_time, text, words)
      SELECT ${id}::uuid, sentence, starts, ends, text,
        ${vectorOf(dictionaryOf(language), Prisma.raw('words'))} || to_tsvector('simple', more)
      FROM unnest(${part.map(({ index }) => index)}::int[], ${part.map(({ start }) => start)}::float8[],
        ${part.map(({ end }) => end)}::float8[], ${part.map(({ text }) => text)}::text[],
        ${searched.map(({ words }) => words)}::text[], ${searched.map(({ more }) => more)}::text[])
        AS rows (sentence, starts, ends, text, words, more)`;
  }
}

/** A text by a dictionary and as it is. */
const vectorOf = (dictionary: string, text: Prisma.Sql): Prisma.Sql =>
  dictionary === AS_IT_IS
    ? Prisma.sql`to_tsvector('simple', ${text})`
    : Prisma.sql`to_tsvector(${dictionary}::regconfig, ${text}) || to_tsvector('simple', ${text})`;

/** Transcripts that have sentences, and none that can be searched; some of them. */
export const findUnwritten = (db: Pick<PrismaClient, '$queryRaw'>, most: number): Promise<{ id: string }[]> =>
  db.$queryRaw`
    SELECT t.id FROM transcripts t
    WHERE t.number_of_segments > 0
      AND NOT EXISTS (SELECT FROM transcript_sentences s WHERE s.transcript_id = t.id)
    LIMIT ${most}`;

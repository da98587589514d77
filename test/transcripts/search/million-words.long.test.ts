/** Search among a million words: it goes by its indexes, and takes milliseconds. Printed: how many, on which database. */
import { beforeAll, expect, test } from 'vitest';
import { searchTranscripts } from '../../../src/features/transcripts/search/search-transcripts.ts';
import { findUnwritten } from '../../../src/features/transcripts/search/sentences.sql.ts';
import { Prisma } from '../../../src/generated/prisma/client.ts';
import { planOf, readWhole, statementsOf } from '../../db/support/statements.ts';
import { seedFilm, seedWorkspace } from '../../support/seed.ts';
import { transcriptOf } from '../../support/seed-moments.ts';
import { useTestPlatform } from '../../support/test-platform.ts';

const platform = useTestPlatform();

const TRANSCRIPTS = 40;
const SENTENCES = 2_500;
/** Milliseconds that the slowest search may take on a machine that does other things, too. */
const PATIENCE_MS = 1_500;
const PAGE = [Prisma.sql`TRUE`, Prisma.sql`rank DESC, transcript_id DESC, sentence_index ASC`, 20] as const;

beforeAll(async () => {
  const { db, ctx } = platform;
  const foreign = await seedWorkspace(db);
  const ids: string[] = [];
  for (let nth = 0; nth < TRANSCRIPTS; nth += 1) {
    const own = nth % 4 === 3 ? { workspaceId: foreign } : {};
    const { videoId } = await seedFilm(ctx, { sceneCount: 1, ...own });
    ids.push((await db.transcript.create({ data: transcriptOf(videoId) })).id);
  }
  // Ten words a sentence out of 20,000, the first by far the commonest.
  for (const id of ids)
    await db.$executeRaw`
      INSERT INTO transcript_sentences (transcript_id, sentence_index, start_time, end_time, text, words)
      SELECT ${id}::uuid, nth, nth, nth + 1, said, to_tsvector('english', said) || to_tsvector('simple', said)
      FROM (
        SELECT nth, string_agg('w' || substr(md5(floor(20000 * power(random(), 3))::text), 1, 7), ' ') AS said
        FROM generate_series(0, ${SENTENCES - 1}) nth, generate_series(1, 10) word GROUP BY nth
      ) sentences`;
  await db.$executeRaw`
    UPDATE transcript_sentences SET text = 'Zebras were running quickly.',
      words = to_tsvector('english', 'Zebras were running quickly.') || to_tsvector('simple', 'Zebras were running quickly.')
    WHERE transcript_id = ${ids[0]}::uuid AND sentence_index = 7`;
  await db.$executeRawUnsafe('VACUUM ANALYZE transcript_sentences');
}, 300_000);

const commonest = async () => {
  const [row] = await platform.db.$queryRaw<{ word: string }[]>`SELECT 'w' || substr(md5('0'), 1, 7) AS word`;
  return row!.word;
};

type Search = readonly [what: string, query: () => Promise<string>, least: number];

const RARE: readonly Search[] = [
  ['two rare words, in other forms', async () => 'run zebra', 1],
  ['a phrase', async () => '"running quickly"', 1],
  ['a word that was typed wrong', async () => 'zebrras', 1],
  ['a word that nobody said', async () => 'xylophone', 0],
];
/** In a quarter of all sentences: whether an index is read for it, or all of them, takes as long. */
const COMMON: readonly Search[] = [
  ['the commonest word', commonest, 20],
  ['two, one of them common', async () => `${await commonest()} or quickly`, 20],
];

async function search(query: () => Promise<string>) {
  const hits = await searchTranscripts(platform.ctx, { query: await query(), videoId: null, isGuess: null });
  return { found: await hits.read(...PAGE), count: await hits.count() };
}

test.each(RARE)('%s: no sentence is read that is not asked for', async (_what, query) => {
  const { database } = platform;
  const statements = await statementsOf(() => search(query));
  const client = await database.pool.connect();
  try {
    for (const statement of statements)
      expect(
        readWhole(await planOf(client, statement)).filter((table) => table === 'transcript_sentences'),
      ).toEqual([]);
  } finally {
    client.release();
  }
});

test.each([...RARE, ...COMMON])('%s: is found in milliseconds', async (what, query, least) => {
  const { db } = platform;
  const times: number[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    const began = performance.now();
    expect((await search(query)).found.length).toBeGreaterThanOrEqual(least);
    times.push(performance.now() - began);
  }
  const median = times.toSorted((one, other) => one - other)[2]!;
  const [{ version } = { version: '' }] = await db.$queryRaw<
    { version: string }[]
  >`SELECT split_part(version(), ' on ', 1) AS version`;
  const { count } = await search(query);
  console.log(`${version}: ${what}: ${median.toFixed(1)} ms, ${count} sentences`);
  expect(median).toBeLessThan(PATIENCE_MS);
});

test('what upkeep asks of transcripts that are all written goes by an index', async () => {
  expect(await findUnwritten(platform.db, 20)).toEqual([]);
});

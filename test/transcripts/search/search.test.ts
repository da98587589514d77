/** What is said in all videos is found by its words. */
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeGlobalId, newId } from '../../../src/core/ids.ts';
import { decodeGlobalId } from '../../../src/core/ids.ts';
import { fillSentences } from '../../../src/features/transcripts/search/fill-sentences.ts';
import { mutate } from '../../api/support/mutate.ts';
import { seedFilm, seedWorkspace } from '../../support/seed.ts';
import { transcriptOf } from '../../support/seed-moments.ts';
import { useTestApi } from '../../support/test-api.ts';
import { newVideo, srt, transcribe } from '../support/transcribe.ts';

const api = useTestApi();

const QUERY = `query ($query: String!, $language: String, $videoId: ID, $first: Int, $after: String, $last: Int, $before: String) {
  searchTranscripts(query: $query, language: $language, videoId: $videoId, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage endCursor startCursor }
    edges { node { isGuess sentence { index text startSeconds endSeconds } marks { start end } video { id } transcript { id language } } } } }`;

type Node = {
  isGuess: boolean;
  sentence: { index: number; text: string; startSeconds: number; endSeconds: number };
  marks: { start: number; end: number }[];
  video: { id: string };
  transcript: { id: string; language: string };
};
type Page = {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string; startCursor: string };
  edges: { node: Node }[];
};

const search = async (query: string, more: Record<string, unknown> = {}) =>
  (await api.ask<{ searchTranscripts: Page }>(QUERY, { query, ...more })).searchTranscripts;
/** Sentences with what is marked in brackets. */
const marked = ({ edges }: Page) =>
  edges.map(({ node: { sentence, marks } }) =>
    marks
      .toReversed()
      .reduce(
        (text, { start, end }) => `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`,
        sentence.text,
      ),
  );
const find = async (query: string, more = {}) => marked(await search(query, more));
const refusal = async (query: string, more: Record<string, unknown> = {}) =>
  (await api.send(QUERY, { query, ...more })).errors?.[0]?.extensions;

async function said(language: string, ...sentences: string[]) {
  const { id } = await newVideo(api);
  const cues = sentences.map((text, at): [number, number, string] => [at, at + 0.9, text]);
  const { transcript } = await transcribe(api, { videoId: id, language }, srt(...cues));
  if (!transcript) throw new Error('It was refused.');
  return { videoId: id, id: transcript.id };
}

let english: { videoId: string; id: string };
beforeAll(async () => {
  english = await said(
    'en-GB',
    'The zebras were running quickly.',
    'A zebra is no horse.',
    'I had a café au lait.',
    'Bridges carry 3.14 tons.',
    "Don't feed < gulls & co.",
  );
  await said('de', 'Die Häuser wurden verkauft.', 'Ein Zebra rennt.');
  await said('zh', '昨天我在北京大学听课。', '我喜欢喝茶。');
  await said('th', 'ผมชอบกินข้าวผัด');
  await said('ja', '今日は天気がいいです。');
  await said('ko', '오늘은 날씨가 좋습니다.');
  await said('ru', 'Мы видели старые дома.');
  await said('ar', 'هذه الكتب جديدة.');
});

describe('a sentence is found', () => {
  test('with where and when it is said', async () => {
    const { edges, totalCount } = await search('quickly');
    expect(totalCount).toBe(1);
    expect(edges).toEqual([
      {
        node: {
          isGuess: false,
          sentence: { index: 0, text: 'The zebras were running quickly.', startSeconds: 0, endSeconds: 0.9 },
          marks: [{ start: 24, end: 31 }],
          video: { id: english.videoId },
          transcript: { id: english.id, language: 'en-GB' },
        },
      },
    ]);
  });

  test.each([
    ['the form of a word that its language knows', 'run zebra', ['The [zebras] were [running] quickly.']],
    ['another', 'HAUS', ['Die [Häuser] wurden verkauft.']],
    ['words in their order', '"running quickly"', ['The zebras were [running] [quickly].']],
    ['words in an order that nobody said', '"quickly running"', []],
    [
      'one word or the other',
      'quickly or horse',
      ['The zebras were running [quickly].', 'A zebra is no [horse].'],
    ],
    ['none of another', 'zebra -horse', ['The [zebras] were running quickly.', 'Ein [Zebra] rennt.']],
    ['words that are in every sentence', 'the', ['[The] zebras were running quickly.']],
    ['a word without its accent', 'cafe', ['I had a [café] au lait.']],
    ['a word with one', 'CAFÉ', ['I had a [café] au lait.']],
    ['a number', '3.14', ['Bridges carry [3.14] tons.']],
    ['what looks like markup', 'gulls', ["Don't feed < [gulls] & co."]],
    ['an apostrophe of another kind', 'don’t', ["[Don't] feed < gulls & co."]],
    ['a part of a Chinese sentence', '北京大学', ['昨天我在[北京大学]听课。']],
    ['two letters of one', '听课', ['昨天我在北京大学[听课]。']],
    ['one letter', '茶', ['我喜欢喝[茶]。']],
    ['letters that are not together', '京北', []],
    ['not what has none of them', '我 -北京', ['[我]喜欢喝茶。']],
    ['Thai', 'ข้าวผัด', ['ผมชอบกิน[ข้าวผัด]']],
    ['Japanese', '天気', ['今日は[天気]がいいです。']],
    ['a part of a Korean word', '날씨', ['오늘은 [날씨]가 좋습니다.']],
    ['Russian, in another case', 'дом', ['Мы видели старые [дома].']],
    ['Arabic, without the article', 'كتب', ['هذه [الكتب] جديدة.']],
  ])('by %s', async (_what, query, found) => {
    expect((await find(query)).toSorted()).toEqual(found.toSorted());
  });

  test('in transcripts of one language, with all its regions, or of one video', async () => {
    expect(await find('zebra', { language: 'DE' })).toEqual(['Ein [Zebra] rennt.']);
    expect(await find('zebra', { language: 'en' })).toHaveLength(2);
    expect(await find('zebra', { language: 'en-US' })).toEqual([]);
    expect(await find('zebra', { videoId: english.videoId })).toHaveLength(2);
    expect(await find('zebra', { videoId: encodeGlobalId('Video', newId()) })).toEqual([]);
  });
});

describe('a word that was typed wrong', () => {
  test('finds what is much like it, and says so', async () => {
    const page = await search('zebrras');
    expect(page.edges.every(({ node }) => node.isGuess)).toBe(true);
    expect(marked(page)[0]).toBe('The [zebras] were running quickly.');
    expect(page.totalCount).toBe(page.edges.length);
  });

  test('is not guessed where it is right', async () => {
    const { edges } = await search('zebra', { language: 'de' });
    expect(edges.map(({ node }) => node.isGuess)).toEqual([false]);
  });

  test('finds nothing where nothing is like it', async () => {
    expect(await search('xylophone')).toMatchObject({ totalCount: 0, edges: [] });
  });
});

describe('pages', () => {
  test('have every sentence once, in an order that stays, from both ends', async () => {
    const { videoId } = await said(
      'en',
      ...Array.from({ length: 7 }, (_, at) => `Number ${at} is a walrus${at % 3 === 0 ? ', a walrus' : ''}.`),
    );
    const all = await search('walrus', { first: 20, videoId });
    const texts = all.edges.map(({ node }) => node.sentence.text);
    expect(texts.slice(0, 3).every((text) => text.includes(', a walrus'))).toBe(true);
    const forward: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await search('walrus', { first: 2, videoId, ...(after && { after }) });
      forward.push(...page.edges.map(({ node }) => node.sentence.text));
      expect(page.totalCount).toBe(7);
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(forward).toEqual(texts);
    const last = await search('walrus', { last: 3, videoId });
    expect(last.edges.map(({ node }) => node.sentence.text)).toEqual(texts.slice(-3));
    const before = await search('walrus', { last: 2, before: last.pageInfo.startCursor, videoId });
    expect(before.edges.map(({ node }) => node.sentence.text)).toEqual(texts.slice(2, 4));
  });

  test('of guesses go on among guesses', async () => {
    const first = await search('zebrras', { first: 1 });
    const next = await search('zebrras', { first: 5, after: first.pageInfo.endCursor });
    expect(next.edges.length).toBe(first.totalCount - 1);
    expect(next.edges.every(({ node }) => node.isGuess)).toBe(true);
  });
});

describe('what is searched', () => {
  test('is nothing of another workspace', async () => {
    const workspaceId = await seedWorkspace(api.db);
    const { videoId } = await seedFilm(api.ctx, { workspaceId });
    await api.db.transcript.create({
      data: {
        ...transcriptOf(videoId),
        segmentTimestamps: [{ text: 'A secret okapi.', start: 0, end: 1, numberOfWords: 3 }],
      },
    });
    expect(await fillSentences(api.ctx)).toBeGreaterThan(0);
    expect(await api.db.transcriptSentence.count({ where: { text: { contains: 'okapi' } } })).toBe(1);
    expect(await search('okapi')).toMatchObject({ totalCount: 0, edges: [] });
    expect(await search('okappi')).toMatchObject({ totalCount: 0, edges: [] });
    expect(await find('okapi', { videoId: encodeGlobalId('Video', videoId) })).toEqual([]);
  });

  test('follows corrections, and goes with its transcript', async () => {
    const { id } = await said('en', 'There is a kiwi.');
    const correction = { transcriptId: id, expectedVersion: 0, words: [{ index: 3, text: 'cassowary.' }] };
    await mutate(api, 'updateTranscriptWords', correction, 'transcript { id }');
    expect(await find('kiwi')).toEqual([]);
    expect(await find('cassowary')).toEqual(['There is a [cassowary].']);
    await mutate(api, 'deleteTranscript', { transcriptId: id }, 'deletedTranscriptId');
    expect(await api.db.transcriptSentence.count({ where: { transcriptId: decodeGlobalId(id)!.id } })).toBe(
      0,
    );
  });

  test('is written for transcripts that are older than the search, once', async () => {
    const { videoId } = await seedFilm(api.ctx);
    await api.db.transcript.create({
      data: {
        ...transcriptOf(videoId),
        segmentTimestamps: [{ text: 'An old quagga.', start: 0, end: 1, numberOfWords: 3 }],
      },
    });
    expect(await find('quagga')).toEqual([]);
    expect(await Promise.all([fillSentences(api.ctx), fillSentences(api.ctx)])).toEqual(
      expect.arrayContaining([1, 0]),
    );
    expect(await find('quagga')).toEqual(['An old [quagga].']);
  });
});

describe('a query is refused, naming it,', () => {
  test.each([
    ['with no word', ''],
    ['with marks only', '... "" & | !'],
    ['of what must not be there', '-zebra'],
    ['of one word, or anything without another', 'zebra or -horse'],
    ['that is too long', 'x'.repeat(201)],
    ['with half a character', 'zebra \ud800'],
  ])('%s', async (_what, query) => {
    expect(await refusal(query)).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: ['query'] }] });
  });

  test('and so are a language and a page that are none', async () => {
    expect(await refusal('zebra', { language: 'not a tag' })).toMatchObject({
      issues: [{ path: ['language'] }],
    });
    expect(await refusal('zebra', { first: 101 })).toMatchObject({ issues: [{ path: ['first'] }] });
    expect(await refusal('zebra', { after: 'x' })).toMatchObject({ issues: [{ path: ['after'] }] });
    expect(await refusal('zebra', { videoId: english.id })).toMatchObject({
      issues: [{ path: ['videoId'] }],
    });
  });
});

test.each([
  `'; DROP TABLE transcripts; --`,
  `zebra' OR '1'='1`,
  String.raw`zebra \' & !x:*A <-> (`,
  '"zebra',
  'zebra:*',
  '((((zebra',
  '"" zebra -',
  '<b>zebra</b> %_\\',
  '北京 "大学 听课" -"',
])('%s is nothing but words', async (query) => {
  const { errors } = await api.send(QUERY, { query });
  expect(errors).toBeUndefined();
});

/** What one asks of a video: what is said in it, what of it is worth posting, and what was cut of that. */
import { beforeAll, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { seedFilm } from '../support/seed.ts';
import { momentOf, seedMoments, type MomentSeed } from '../support/seed-moments.ts';
import { useTestApi } from '../support/test-api.ts';

const api = useTestApi();
let videoId: string;
let seed: MomentSeed;
beforeAll(async () => {
  ({ videoId } = await seedFilm(api.ctx));
  seed = await seedMoments(api.db, api.ctx.actor.workspaceId, videoId);
  const scored = { score: 7.5, scoringModel: 'LEXICAL', scoredAt: new Date() };
  await api.db.moment.create({
    data: { ...momentOf(videoId), ...scored, startTime: 4, endTime: 6, title: '100 % sure' },
  });
});

const titlesOf = async (filter: object | null) => {
  const query = `query ($id: ID!, $filter: MomentFilter) {
    video(id: $id) { moments(first: 10, filter: $filter) { totalCount edges { node { title startSeconds } } } } }`;
  const { video } = await api.ask<{
    video: { moments: { edges: { node: { title: string; startSeconds: number } }[] } };
  }>(query, { id: encodeGlobalId('Video', videoId), filter });
  return video.moments.edges.map(({ node }) => `${node.title} ${node.startSeconds}`);
};

test('a video shows its transcript, its moments in their order, and their clips, both ways', async () => {
  const query = `query ($id: ID!) { video(id: $id) {
    transcript { language numberOfWords transcriptionService video { id }
      words(within: { startSeconds: 0.6 }) { text startSeconds endSeconds } sentences { text } }
    moments(first: 1) { edges { node { children(first: 5) { totalCount } parent { id } video { id }
      generationConfig { model transcript { language } prompt { promptHash } }
      clip { resolution durationSeconds thumbnail { atSeconds url } moment { title } } } } }
    clips(first: 5) { totalCount } } }`;
  const id = encodeGlobalId('Video', videoId);
  const answer = await api.ask<{ video: unknown }>(query, { id });
  expect(answer.video).toMatchObject({
    transcript: {
      language: 'en',
      numberOfWords: 2,
      transcriptionService: 'SUBTITLES',
      video: { id },
      words: [{ text: 'there.', startSeconds: 0.5, endSeconds: 1 }],
      sentences: [{ text: 'Hello there.' }],
    },
    moments: {
      edges: [
        {
          node: {
            children: { totalCount: 1 },
            parent: null,
            video: { id },
            generationConfig: { model: 'LEXICAL', transcript: { language: 'en' } },
            clip: { resolution: '1080x1920', durationSeconds: 2.7, thumbnail: { atSeconds: 1 } },
          },
        },
      ],
    },
    clips: { totalCount: 1 },
  });
});

test('moments are found by their score, their time and the words of their title', async () => {
  expect(await titlesOf(null)).toEqual(['A moment 0.5', 'A moment 0.5', '100 % sure 4']);
  expect(await titlesOf({ minScore: 7 })).toEqual(['100 % sure 4']);
  expect(await titlesOf({ within: { startSeconds: 0, endSeconds: 0.5 } })).toEqual([]);
  expect(await titlesOf({ within: { startSeconds: 3 } })).toEqual(['100 % sure 4']);
  expect(await titlesOf({ text: '% S' })).toEqual(['100 % sure 4']);
  expect(await titlesOf({ isDiscarded: true })).toEqual([]);
});

test.each([
  ['filter.within.endSeconds', { within: { startSeconds: 3, endSeconds: 1 } }],
  ['filter.maxScore', { minScore: 9, maxScore: 1 }],
])('a range that is turned round is refused by name: %s', async (name, filter) => {
  const query = `query ($id: ID!, $filter: MomentFilter) {
    video(id: $id) { moments(first: 1, filter: $filter) { totalCount } } }`;
  expect(await api.send(query, { id: encodeGlobalId('Video', videoId), filter })).toMatchObject({
    errors: [{ message: expect.stringContaining(name), extensions: { code: 'INVALID_INPUT' } }],
  });
});

test('each is found by its id', async () => {
  const ids = { moment: seed.momentId, clip: seed.clipId, transcript: seed.transcriptId };
  const answer = await api.ask<Record<string, { id: string }>>(
    'query ($moment: ID!, $clip: ID!, $transcript: ID!) { moment(id: $moment) { id } clip(id: $clip) { id } transcript(id: $transcript) { id } }',
    {
      moment: encodeGlobalId('Moment', ids.moment),
      clip: encodeGlobalId('Clip', ids.clip),
      transcript: encodeGlobalId('Transcript', ids.transcript),
    },
  );
  expect(answer).toEqual({
    moment: { id: encodeGlobalId('Moment', ids.moment) },
    clip: { id: encodeGlobalId('Clip', ids.clip) },
    transcript: { id: encodeGlobalId('Transcript', ids.transcript) },
  });
});

test('reasons name their feature by a word of a closed list, what weighs most first', async () => {
  const reasons = [
    { feature: 'HOOK', points: 0.2 },
    { feature: 'FRAME_WORDS', points: -0.9, evidence: 'agenda' },
  ];
  const { id } = await api.db.moment.create({
    data: { ...momentOf(videoId), reasons },
  });
  const answer = await api.ask<{ moment: unknown; features: { enumValues: { name: string }[] } }>(
    `query ($id: ID!) { moment(id: $id) { reasons { feature points evidence } }
      features: __type(name: "MomentFeature") { enumValues { name } } }`,
    { id: encodeGlobalId('Moment', id) },
  );
  expect(answer.moment).toEqual({
    reasons: [
      { feature: 'FRAME_WORDS', points: -0.9, evidence: 'agenda' },
      { feature: 'HOOK', points: 0.2, evidence: null },
    ],
  });
  expect(answer.features.enumValues.map(({ name }) => name)).toContain('TOPIC_EDGES');
});

test('moments are paged by time and by score, from both ends, those without a score last', async () => {
  const { videoId: id } = await seedFilm(api.ctx);
  const scores = [null, 3, 9, 3, null, 7.25];
  for (const [at, score] of scores.entries()) {
    const scored = score === null ? {} : { score, scoredAt: new Date() };
    await api.db.moment.create({
      data: { ...momentOf(id), ...scored, startTime: 0.5 + at / 2, endTime: 6, title: `${at}` },
    });
  }
  type Page = { edges: { node: { title: string }; cursor: string }[]; pageInfo: { hasNextPage: boolean } };
  const page = async (args: string) => {
    const query = `query ($id: ID!) { video(id: $id) { moments(${args}) { edges { cursor node { title } } pageInfo { hasNextPage } } } }`;
    const { video } = await api.ask<{ video: { moments: Page } }>(query, { id: encodeGlobalId('Video', id) });
    return video.moments;
  };
  const titles = ({ edges }: Page) => edges.map(({ node }) => node.title).join('');
  for (const [order, all] of [
    ['TIME', '012345'],
    ['SCORE', '251304'],
  ] as const) {
    let [told, after] = ['', ''];
    for (let more = true; more;) {
      const next = await page(`orderBy: ${order}, first: 2${after}`);
      told += titles(next);
      after = `, after: "${next.edges.at(-1)?.cursor}"`;
      more = next.pageInfo.hasNextPage;
    }
    expect(told).toBe(all);
    const last = await page(`orderBy: ${order}, last: 2`);
    expect(titles(last)).toBe(all.slice(-2));
    const before = await page(`orderBy: ${order}, last: 3, before: "${last.edges[0]?.cursor}"`);
    expect(titles(before)).toBe(all.slice(1, 4));
  }
  expect(titles(await page('first: 9, filter: { minScore: 3, maxScore: 8 }'))).toBe('135');
});

test('ways of finding are compared by what each found in a video', async () => {
  const query = `query ($id: ID!) { video(id: $id) { generationConfigs(first: 5) { totalCount edges { node {
    model moments(first: 5, videoId: $id, orderBy: SCORE) { totalCount edges { node { title video { id } } } } } } } } }`;
  const id = encodeGlobalId('Video', videoId);
  const answer = await api.ask<{ video: object }>(query, { id });
  expect(answer.video).toEqual({
    generationConfigs: {
      totalCount: 1,
      edges: [
        {
          node: {
            model: 'LEXICAL',
            moments: { totalCount: 1, edges: [{ node: { title: 'A moment', video: { id } } }] },
          },
        },
      ],
    },
  });
  const { videoId: other } = await seedFilm(api.ctx);
  const none = await api.ask<{ video: object }>(query, { id: encodeGlobalId('Video', other) });
  expect(none.video).toEqual({ generationConfigs: { totalCount: 0, edges: [] } });
});

test('moments that are kept are chapters, the refined ones in the place of what they refine', async () => {
  const { videoId: id } = await seedFilm(api.ctx);
  const add = async (title: string, startTime: number, endTime: number, more: object = {}) =>
    (await api.db.moment.create({ data: { ...momentOf(id), title, startTime, endTime, ...more } })).id;
  await add('Q & <A> --> end', 5, 6.5);
  const rough = await add('Rough', 1, 4);
  await add('Fine', 1.5, 3.25, { parentId: rough, isRefined: true });
  await add('Thrown out', 2, 3, { discardedAt: new Date() });
  const query = 'query ($id: ID!) { video(id: $id) { chaptersVtt } }';
  const { video } = await api.ask<{ video: { chaptersVtt: string } }>(query, {
    id: encodeGlobalId('Video', id),
  });
  expect(video.chaptersVtt).toBe(
    `WEBVTT

00:00:01.500 --> 00:00:03.250
Fine

00:00:05.000 --> 00:00:06.500
Q &amp; &lt;A&gt; --&gt; end
`,
  );
});

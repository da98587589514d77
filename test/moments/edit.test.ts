/** Moments by hand: made, changed, trimmed to words, split, merged, thrown out and deleted. */
import { beforeEach, describe, expect, test } from 'vitest';
import { decodeGlobalId, encodeGlobalId, newId } from '../../src/core/ids.ts';
import { mutate } from '../api/support/mutate.ts';
import { putFile } from '../platform/support/stored-files.ts';
import { seedRun } from '../support/paid-project.ts';
import { clipOf, momentOf, thumbnailOf, transcriptOf } from '../support/seed-moments.ts';
import { seedFilm } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';

const api = useTestApi();

/** Of the film that is seeded, whose moments are made in it. */
const DURATION = 8;

let film: { videoId: string; id: string };
beforeEach(async () => {
  const { videoId } = await seedFilm(api.ctx, { title: newId() });
  film = { videoId, id: encodeGlobalId('Video', videoId) };
});

type Seen = {
  id: string;
  identifier: string;
  title: string;
  startSeconds: number;
  endSeconds: number;
  score: number | null;
  version: number;
  discardedAt: string | null;
  clip: { isStale: boolean } | null;
};
type One = { moment: Seen };
const SEEN = 'id identifier title startSeconds endSeconds score version discardedAt clip { isStale }';
const ask = (name: string, input: object) => mutate<One>(api, name, input, `moment { ${SEEN} }`);
const make = (startSeconds: number, endSeconds: number, more: object = {}) =>
  ask('createMoment', { videoId: film.id, startSeconds, endSeconds, ...more });
const trim = (momentId: string, fromWordIndex: number, toWordIndex: number) =>
  ask('trimMoment', { momentId, fromWordIndex, toWordIndex });
const merge = (...momentIds: string[]) => ask('mergeMoments', { momentIds });
async function made(startSeconds = 1, endSeconds = 3, more: object = {}): Promise<Seen> {
  const { moment, message } = await make(startSeconds, endSeconds, { title: 'One', ...more });
  if (!moment) throw new Error(`It was refused: ${message}`);
  return moment;
}
const bare = (id: string) => decodeGlobalId(id)!.id;

/** Cuts a moment, files and all. */
async function cut(moment: Seen) {
  const clip = { ...clipOf(bare(moment.id), film.videoId), paddingLeft: 0.1, paddingRight: 0.1 };
  const times = { startTime: moment.startSeconds - 0.1, endTime: moment.endSeconds + 0.1 };
  const filePath = `${api.ctx.actor.workspaceId}/videos/${newId()}.mp4`;
  const { id } = await api.db.clip.create({ data: { ...clip, ...times, filePath } });
  const still = { ...thumbnailOf({ clipId: id }), filePath: filePath.replace('mp4', 'jpg') };
  await api.db.thumbnail.create({ data: still });
  const keys = [filePath, still.filePath];
  for (const key of keys) await putFile(api.storage, key, 'x');
  const areGone = async () =>
    (await Promise.all(keys.map((key) => api.storage.size(key)))).every((size) => size === null);
  return { clipId: encodeGlobalId('Clip', id), areGone };
}

const toldOf = (id: string) =>
  api.db.auditLog.findMany({ where: { subjectId: bare(id) }, orderBy: { sequence: 'asc' } });
const isThere = async (id: string) => (await api.db.moment.count({ where: { id: bare(id) } })) === 1;

describe('a moment is made', () => {
  test('of a part of a video, with a name of its own, and told', async () => {
    const moment = await made(1.5, 3, { title: ' The  light\nhouse ' });
    expect(moment).toMatchObject({
      title: 'The light house',
      startSeconds: 1.5,
      endSeconds: 3,
      score: null,
      version: 0,
      discardedAt: null,
      clip: null,
    });
    expect(moment.identifier).toMatch(/^the-light-house-[0-9a-f]{8}$/);
    const [entry] = await toldOf(moment.id);
    expect(entry).toMatchObject({
      subjectType: 'Moment',
      version: 0,
      details: { from: null, to: 'KEPT', startSeconds: 1.5 },
    });
    expect(entry?.scopes).toContain(`video:${film.videoId}`);
  });

  test('with the words that are said in it as its title, or its times where none are', async () => {
    const silent = await make(1, 2);
    expect(silent.moment?.title).toBe('00:00:01.000 to 00:00:02.000');
    const { id } = await api.db.transcript.create({ data: transcriptOf(film.videoId) });
    await api.db
      .$executeRaw`INSERT INTO transcript_sentences (transcript_id, sentence_index, start_time, end_time, text, words)
      VALUES (${id}::uuid, 0, 3, 4, 'Hello there.', '')`;
    expect((await make(2, 4)).moment?.title).toBe('Hello there');
  });

  test('to the very ends of the video', async () => {
    expect(await make(0, DURATION)).toMatchObject({ moment: { startSeconds: 0, endSeconds: DURATION } });
  });

  test('once, with an idempotency key, and never twice with a short name', async () => {
    const input = { title: 'Twice', identifier: 'my-moment', idempotencyKey: newId() };
    const [one, other] = await Promise.all([make(1, 2, input), make(1, 2, input)]);
    expect(one.moment).toEqual(other.moment);
    expect(one.moment?.identifier).toBe('my-moment');
    expect(await make(1, 2, { identifier: 'my-moment' })).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['identifier'],
    });
    expect(await make(1, 3, { ...input })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  });

  test.each<[string, number, number, object, string[][]]>([
    ['before the video', -0.1, 1, {}, [['startSeconds']]],
    ['after its end', 1, DURATION + 0.1, {}, [['endSeconds']]],
    ['backwards', 3, 2, {}, [['endSeconds']]],
    ['without any time', 3, 3, {}, [['endSeconds']]],
    ['shorter than a picture', 3, 3.000_000_1, {}, [['endSeconds']]],
    ['without a title', 1, 2, { title: ' \u200b ' }, [['title']]],
    ['with a title too long', 1, 2, { title: 'x'.repeat(201) }, [['title']]],
    ['with a short name that is none', 1, 2, { identifier: '../My Moment' }, [['identifier']]],
    [
      'with everything wrong',
      -1,
      99,
      { title: '', identifier: '-' },
      [['startSeconds'], ['endSeconds'], ['title'], ['identifier']],
    ],
  ])('not %s', async (_what, start, end, more, paths) => {
    const answer = await make(start, end, more);
    expect(answer).toMatchObject({ code: 'INVALID_INPUT' });
    expect(answer.issues?.map(({ path }) => path)).toEqual(paths);
    expect(await api.db.moment.count({ where: { videoId: film.videoId } })).toBe(0);
  });
});

describe('a moment is changed', () => {
  test('in what is given, and nothing else; its clip is stale then, until its times are back', async () => {
    const moment = await made();
    await cut(moment);
    const titled = await ask('updateMoment', { momentId: moment.id, expectedVersion: 0, title: 'Other' });
    expect(titled.moment).toMatchObject({
      title: 'Other',
      startSeconds: 1,
      version: 1,
      clip: { isStale: false },
    });
    const moved = await ask('updateMoment', { momentId: moment.id, expectedVersion: 1, endSeconds: 4 });
    expect(moved.moment).toMatchObject({
      title: 'Other',
      endSeconds: 4,
      version: 2,
      clip: { isStale: true },
    });
    const back = await ask('updateMoment', { momentId: moment.id, expectedVersion: 2, endSeconds: 3 });
    expect(back.moment).toMatchObject({ clip: { isStale: false } });
    expect((await toldOf(moment.id)).at(-1)).toMatchObject({
      details: { from: 'KEPT', to: 'KEPT', before: { endTime: 4 }, after: { endTime: 3 } },
    });
  });

  test('in its score, which null takes away', async () => {
    const { id } = await made();
    const scored = await ask('updateMoment', { momentId: id, expectedVersion: 0, score: 7.5 });
    expect(scored.moment?.score).toBe(7.5);
    const none = await ask('updateMoment', { momentId: id, expectedVersion: 1, score: null });
    expect(none.moment?.score).toBeNull();
    const row = await api.db.moment.findUniqueOrThrow({ where: { id: bare(id) } });
    expect(row).toMatchObject({ scoredAt: null, scoringModel: null });
  });

  test('to what it is already without a change', async () => {
    const { id } = await made();
    const same = await ask('updateMoment', { momentId: id, expectedVersion: 0, title: 'One', endSeconds: 3 });
    expect(same.moment?.version).toBe(0);
    expect(await toldOf(id)).toHaveLength(1);
  });

  test('by one of two who read the same version', async () => {
    const { id } = await made();
    const both = await Promise.all(
      ['a', 'b'].map((title) => ask('updateMoment', { momentId: id, expectedVersion: 0, title })),
    );
    expect(both.filter(({ code }) => code === 'VERSION_STALE')).toHaveLength(1);
    const path = ['expectedVersion'];
    for (const [name, more] of [
      ['trimMoment', { fromWordIndex: 0, toWordIndex: 0 }],
      ['splitMoment', { atSeconds: 2 }],
      ['discardMoment', {}],
    ] as const)
      expect(
        await mutate(api, name, { momentId: id, expectedVersion: 0, ...more }, '__typename'),
      ).toMatchObject({ code: 'VERSION_STALE', path });
  });

  test.each([
    ['score', { score: 11 }],
    ['score', { score: -1 }],
    ['endSeconds', { endSeconds: 0.5 }],
    ['endSeconds', { startSeconds: 3 }],
    ['title', { title: '' }],
  ])('not to a wrong %s: %o', async (field, change) => {
    const { id } = await made();
    const answer = await ask('updateMoment', { momentId: id, expectedVersion: 0, ...change });
    expect(answer).toMatchObject({ code: 'INVALID_INPUT', path: [field] });
  });
});

describe('a moment is trimmed', () => {
  test('to words, also outside of it', async () => {
    const { id } = await made();
    await api.db.transcript.create({ data: transcriptOf(film.videoId) });
    expect((await trim(id, 0, 1)).moment).toMatchObject({ startSeconds: 0, endSeconds: 1, version: 1 });
    expect((await trim(id, 1, 1)).moment).toMatchObject({ startSeconds: 0.5, endSeconds: 1 });
  });

  test('not to words that are not there, or the wrong way round, or without a transcript', async () => {
    const { id } = await made();
    expect(await trim(id, 0, 1)).toMatchObject({ code: 'NOT_FOUND', path: ['momentId'] });
    await api.db.transcript.create({ data: transcriptOf(film.videoId) });
    expect(await trim(id, -1, 1)).toMatchObject({ code: 'INVALID_INPUT', path: ['fromWordIndex'] });
    expect(await trim(id, 0, 2)).toMatchObject({ code: 'INVALID_INPUT', path: ['toWordIndex'] });
    expect(await trim(id, 1, 0)).toMatchObject({ code: 'INVALID_INPUT', path: ['toWordIndex'] });
  });
});

describe('a moment is split', () => {
  type Both = { first: Seen | null; second: Seen };
  const split = (momentId: string, atSeconds: number, more: object = {}) =>
    mutate<Both>(
      api,
      'splitMoment',
      { momentId, atSeconds, ...more },
      `first { ${SEEN} } second { ${SEEN} }`,
    );

  test('in two that meet, once with an idempotency key', async () => {
    const { id } = await made();
    const key = { idempotencyKey: newId() };
    const both = await split(id, 1.25, key);
    expect(both.first).toMatchObject({ id, startSeconds: 1, endSeconds: 1.25, version: 1 });
    expect(both.second).toMatchObject({ title: 'One', startSeconds: 1.25, endSeconds: 3, version: 0 });
    expect(await split(id, 1.25, key)).toEqual(both);
    expect(await api.db.moment.count({ where: { videoId: film.videoId } })).toBe(2);
    await mutate(api, 'deleteMoment', { momentId: id }, '');
    expect(await split(id, 1.25, key)).toMatchObject({ first: null, second: { id: both.second?.id } });
  });

  test.each([1, 3, 0.5, 99, 1.000_001, 2.95])('not at %d s, where it has no two parts', async (at) => {
    const { id } = await made();
    expect(await split(id, at)).toMatchObject({ code: 'INVALID_INPUT', path: ['atSeconds'] });
  });
});

describe('moments are merged', () => {
  test('into the earliest, over what lies between; the others go with their clips and files', async () => {
    const [last, first, middle] = [await made(5, 6), await made(1, 2, { title: 'First' }), await made(2, 7)];
    const [kept, gone] = [await cut(first), await cut(middle)];
    const { moment } = await merge(last.id, middle.id, first.id);
    expect(moment).toMatchObject({
      id: first.id,
      title: 'First',
      startSeconds: 1,
      endSeconds: 7,
      clip: { isStale: true },
    });
    expect([await isThere(last.id), await isThere(middle.id)]).toEqual([false, false]);
    expect([await kept.areGone(), await gone.areGone()]).toEqual([false, true]);
    expect((await toldOf(middle.id)).at(-1)).toMatchObject({ details: { from: 'KEPT', to: null } });
    expect((await toldOf(gone.clipId)).at(-1)).toMatchObject({ subjectType: 'Clip', details: { to: null } });
  });

  test('not one alone, not one twice, and not of two videos', async () => {
    const one = await made();
    const { videoId } = await seedFilm(api.ctx);
    const other = await api.db.moment.create({ data: momentOf(videoId) });
    const refused = { code: 'INVALID_INPUT', path: ['momentIds'] };
    expect(await merge(one.id)).toMatchObject(refused);
    expect(await merge(one.id, one.id)).toMatchObject(refused);
    expect(await merge(one.id, encodeGlobalId('Moment', other.id))).toMatchObject(refused);
    expect(await merge(one.id, encodeGlobalId('Moment', newId()))).toMatchObject({
      code: 'NOT_FOUND',
      path: ['momentIds'],
    });
    expect(await isThere(one.id)).toBe(true);
  });
});

describe('a moment goes', () => {
  test('out, and comes back, with its clip', async () => {
    const moment = await made();
    const { areGone } = await cut(moment);
    const out = await ask('discardMoment', { momentId: moment.id });
    expect(out.moment).toMatchObject({
      discardedAt: expect.any(String) as string,
      version: 1,
      clip: { isStale: false },
    });
    expect((await ask('discardMoment', { momentId: moment.id })).moment).toEqual(out.moment);
    expect((await ask('keepMoment', { momentId: moment.id })).moment).toMatchObject({
      discardedAt: null,
      version: 2,
    });
    expect(await areGone()).toBe(false);
    expect((await toldOf(moment.id)).map(({ details }) => details)).toMatchObject([
      { from: null, to: 'KEPT' },
      { from: 'KEPT', to: 'DISCARDED' },
      { from: 'DISCARDED', to: 'KEPT' },
    ]);
  });

  test('for good, with its clip and all files; what refines it stays', async () => {
    const moment = await made();
    const { areGone } = await cut(moment);
    const child = await api.db.moment.create({
      data: { ...momentOf(film.videoId), parentId: bare(moment.id) },
    });
    const answer = await mutate(api, 'deleteMoment', { momentId: moment.id }, 'deletedMomentId');
    expect(answer).toMatchObject({ deletedMomentId: moment.id });
    expect(await areGone()).toBe(true);
    expect(await api.db.moment.findUnique({ where: { id: child.id } })).toMatchObject({ parentId: null });
    const again = await mutate(api, 'deleteMoment', { momentId: moment.id }, 'deletedMomentId');
    expect(again).toMatchObject({ code: 'NOT_FOUND', path: ['momentId'] });
  });

  test('without a clip of it, which can be deleted alone', async () => {
    const moment = await made();
    const { clipId, areGone } = await cut(moment);
    expect(await mutate(api, 'deleteClip', { clipId }, 'deletedClipId')).toMatchObject({
      deletedClipId: clipId,
    });
    expect([await areGone(), await isThere(moment.id)]).toEqual([true, true]);
    expect(await mutate(api, 'deleteClip', { clipId }, '')).toMatchObject({
      code: 'NOT_FOUND',
      path: ['clipId'],
    });
  });
});

test('while a run works on the video, only titles, scores and standing change', async () => {
  const [one, other] = [await made(), await made(4, 5)];
  const { clipId } = await cut(one);
  await api.db.transcript.create({ data: transcriptOf(film.videoId) });
  const { id: runId } = await seedRun(api.ctx);
  await api.db.pipelineRun.update({ where: { id: runId }, data: { projectId: null, videoId: film.videoId } });
  const momentId = one.id;
  const refused: [string, object, string][] = [
    ['createMoment', { videoId: film.id, startSeconds: 1, endSeconds: 2 }, 'videoId'],
    ['updateMoment', { momentId, expectedVersion: 0, endSeconds: 2 }, 'momentId'],
    ['trimMoment', { momentId, fromWordIndex: 0, toWordIndex: 1 }, 'momentId'],
    ['splitMoment', { momentId, atSeconds: 2 }, 'momentId'],
    ['mergeMoments', { momentIds: [one.id, other.id] }, 'momentIds'],
    ['deleteMoment', { momentId }, 'momentId'],
    ['deleteClip', { clipId }, 'clipId'],
  ];
  for (const [name, input, field] of refused)
    expect([name, await mutate(api, name, input, '')]).toMatchObject([
      name,
      { code: 'RUN_IN_PROGRESS', path: [field] },
    ]);
  expect(await ask('updateMoment', { momentId, expectedVersion: 0, title: 'New', score: 3 })).toHaveProperty(
    'moment.score',
    3,
  );
  expect(await ask('discardMoment', { momentId })).toHaveProperty('moment.version', 2);
  expect(await ask('keepMoment', { momentId })).toHaveProperty('moment.version', 3);
});

test('changes are told as events of moments, clips and stills', async () => {
  const moment = await made();
  const { clipId } = await cut(moment);
  await mutate(api, 'deleteClip', { clipId }, '');
  const { video } = await api.ask<{ video: { project: { events: { edges: { node: object }[] } } } }>(
    `query ($id: ID!) { video(id: $id) { project { events(last: 3) { edges { node { __typename subjectType
      ... on MomentChanged { moment { title } } ... on ThumbnailChanged { thumbnail { id } } ... on ClipChanged { clip { id } } } } } } } }`,
    { id: film.id },
  );
  expect(video.project.events.edges.map(({ node }) => node)).toEqual([
    { __typename: 'MomentChanged', subjectType: 'MOMENT', moment: { title: 'One' } },
    { __typename: 'ThumbnailChanged', subjectType: 'THUMBNAIL', thumbnail: null },
    { __typename: 'ClipChanged', subjectType: 'CLIP', clip: null },
  ]);
});

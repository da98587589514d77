/** How shots of a clip are framed is said by hand, shot by shot, and stays with the moment. */
import { beforeEach, describe, expect, test } from 'vitest';
import { decodeGlobalId, encodeGlobalId } from '../../src/core/ids.ts';
import { framedShots } from '../../src/features/moments/framing/framing-input.ts';
import { mutate } from '../api/support/mutate.ts';
import { seedFilm } from '../support/seed.ts';
import { type MomentSeed, seedMoments } from '../support/seed-moments.ts';
import { useTestApi } from '../support/test-api.ts';

const api = useTestApi();
let seed: MomentSeed;
let momentId: string;
let projectId: string;
beforeEach(async () => {
  const film = await seedFilm(api.ctx);
  const { videoId } = film;
  projectId = film.projectId;
  seed = await seedMoments(api.db, api.ctx.actor.workspaceId, videoId);
  momentId = encodeGlobalId('Moment', seed.momentId);
});

type Shot = { atSeconds: number; face?: number; rectangle?: object; isWhole?: boolean };
type Seen = { moment: { id: string; version: number; framing: object[] } };
const SEEN = 'moment { id version framing { atSeconds face rectangle { x y width height } isWhole } }';
const frame = (shots: Shot[], more: object = {}) =>
  mutate<Seen>(api, 'setClipFraming', { momentId, expectedVersion: 0, shots, ...more }, SEEN);
const told = () =>
  api.db.auditLog.findMany({
    where: { subjectType: 'Moment', subjectId: decodeGlobalId(momentId)?.id ?? '' },
    orderBy: { sequence: 'asc' },
  });

const RECTANGLE = { x: 0.5, y: 0.25, width: 0.5, height: 0.5 };

test('a face, a rectangle and the whole are kept in order of time, and told', async () => {
  const answer = await frame([
    { atSeconds: 2, isWhole: true },
    { atSeconds: 1.5, rectangle: RECTANGLE },
    { atSeconds: 0.6, face: 1 },
  ]);
  expect(answer.moment).toEqual({
    id: momentId,
    version: 1,
    framing: [
      { atSeconds: 0.6, face: 1, rectangle: null, isWhole: false },
      { atSeconds: 1.5, face: null, rectangle: RECTANGLE, isWhole: false },
      { atSeconds: 2, face: null, rectangle: null, isWhole: true },
    ],
  });
  expect(await told()).toMatchObject([
    {
      version: 1,
      message: '3 shots of "A moment" are framed by hand.',
      details: { framing: [{ atSeconds: 0.6, face: 1 }, { rectangle: RECTANGLE }, { whole: true }] },
    },
  ]);
});

test('the project is told of it, as a change of the moment', async () => {
  await frame([{ atSeconds: 1, face: 0 }]);
  const query = `query ($id: ID!) { project(id: $id) { events(last: 1) { edges { node {
    __typename ... on MomentChanged { moment { id framing { face } } } } } } } }`;
  const id = encodeGlobalId('Project', projectId);
  const { project } = await api.ask<{ project: { events: { edges: object[] } } }>(query, { id });
  const moment = { id: momentId, framing: [{ face: 0 }] };
  expect(project.events.edges).toEqual([{ node: { __typename: 'MomentChanged', moment } }]);
});

test('a clip names its moment; what is cut anew of it keeps the framing', async () => {
  const clipId = encodeGlobalId('Clip', seed.clipId);
  const answer = await frame([{ atSeconds: 1, face: 0 }], { momentId: null, clipId });
  expect(answer.moment).toMatchObject({ id: momentId, framing: [{ face: 0 }] });
  await api.db.clip.delete({ where: { id: seed.clipId } });
  const { framing } = await api.db.moment.findUniqueOrThrow({ where: { id: seed.momentId } });
  expect(framing).toEqual([{ atSeconds: 1, face: 0 }]);
});

test('what is said replaces what was said; the same again is no change, and nothing is told', async () => {
  await frame([{ atSeconds: 1, face: 0 }]);
  expect((await frame([{ atSeconds: 1, face: 0 }], { expectedVersion: 1 })).moment?.version).toBe(1);
  expect((await frame([], { expectedVersion: 1 })).moment).toMatchObject({ version: 2, framing: [] });
  expect((await told()).map(({ version }) => version)).toEqual([1, 2]);
});

describe('it is refused', () => {
  test('where somebody was faster', async () => {
    await frame([{ atSeconds: 1, face: 0 }]);
    const stale = await frame([{ atSeconds: 1, face: 1 }]);
    expect(stale).toMatchObject({ code: 'VERSION_STALE', path: ['expectedVersion'] });
    const both = [0, 1].map((face) => frame([{ atSeconds: 2, face }], { expectedVersion: 1 }));
    expect((await Promise.all(both)).filter(({ code }) => code === 'VERSION_STALE')).toHaveLength(1);
  });

  test('without a moment, or with two', async () => {
    const clipId = encodeGlobalId('Clip', seed.clipId);
    for (const more of [{ momentId: null }, { clipId }])
      expect(await frame([], more)).toMatchObject({
        code: 'INVALID_INPUT',
        issues: [{ path: ['momentId'] }],
      });
  });

  test.each<[string, Shot[], string[]]>([
    ['a time after the end', [{ atSeconds: 9_999, face: 0 }], ['shots', '0', 'atSeconds']],
    ['a time before the start', [{ atSeconds: -1, face: 0 }], ['shots', '0', 'atSeconds']],
    [
      'the same time twice',
      [
        { atSeconds: 1, face: 0 },
        { atSeconds: 1, face: 1 },
      ],
      ['shots', '1', 'atSeconds'],
    ],
    ['nothing', [{ atSeconds: 1 }], ['shots', '0']],
    ['a whole that is none', [{ atSeconds: 1, isWhole: false }], ['shots', '0']],
    ['two at once', [{ atSeconds: 1, face: 0, isWhole: true }], ['shots', '0']],
    ['a face before the first', [{ atSeconds: 1, face: -1 }], ['shots', '0', 'face']],
    [
      'a rectangle beyond the picture',
      [{ atSeconds: 1, rectangle: { ...RECTANGLE, x: 0.6 } }],
      ['shots', '0', 'rectangle'],
    ],
    [
      'a rectangle without height',
      [{ atSeconds: 1, rectangle: { ...RECTANGLE, height: 0 } }],
      ['shots', '0', 'rectangle'],
    ],
  ])('%s', async (_what, shots, path) => {
    expect(await frame(shots)).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path }] });
    expect(await told()).toEqual([]);
  });
});

test('more shots than a hundred are refused, also of who does not come through the API', () => {
  const shots = Array.from({ length: 101 }, (_, place) => ({ atSeconds: place, face: 0 }));
  expect(() => framedShots(shots, 1_000)).toThrow('shots: May be at most 100 shots.');
});

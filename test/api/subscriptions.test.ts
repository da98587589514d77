import { describe, expect, test } from 'vitest';
import { encodeGlobalId, newId } from '../../src/core/ids.ts';
import { tailOf } from '../../src/features/audit/live/log-tail.ts';
import { seedFilm, seedWorkspace } from '../support/seed.ts';
import { LiveFilm, take, takeChanges } from './support/live-film.ts';

const live = LiveFilm.forEachTest();

const STATUS_AFTER = `subscription ($id: ID!, $after: String) {
  sceneStatusChanged(projectId: $id, after: $after) { status }
}`;
const EVENTS = `subscription ($id: ID!, $after: String) {
  event: projectEvents(projectId: $id, after: $after) { __typename ... on LiveEvent { cursor } ... on ChangeEvent { message } }
}`;
type Event = { __typename: string; cursor: string; message: string };

const refusalOf = async (query: string, variables: Record<string, unknown>) => {
  const { value } = await live.follow(query, variables).next();
  return value?.errors?.[0]?.extensions;
};

describe('a subscription', () => {
  test('hears what happens from now on', async () => {
    await live.say('before');
    const [{ cursor } = { cursor: '' }] = await takeChanges(
      live.follow<Event>(EVENTS, { id: live.project, after: '0' }),
      1,
    );
    const events = live.follow<Event>(EVENTS, { id: live.project, after: cursor });
    const first = takeChanges(events, 1);
    await live.say('after');
    expect(await first).toMatchObject([{ message: 'after' }]);
  });

  test('comes back with a cursor and misses nothing, while more happens', async () => {
    for (let index = 0; index < 150; index += 1) await live.say(`event ${index}`);
    const [third] = (
      await takeChanges(live.follow<Event>(EVENTS, { id: live.project, after: '0' }), 3)
    ).slice(-1);
    const events = takeChanges(live.follow<Event>(EVENTS, { id: live.project, after: third?.cursor }), 197);
    for (let index = 150; index < 200; index += 1) await live.say(`event ${index}`);
    const expected = Array.from({ length: 197 }, (_, index) => `event ${index + 3}`);
    expect((await events).map(({ message }) => message)).toEqual(expected);
  });

  test('shows each change of a scene with the scene as it is then', async () => {
    const query = `subscription ($id: ID!) {
      event: sceneStatusChanged(projectId: $id, after: "0") {
        previousStatus status version scene { id status version project { id } }
      }
    }`;
    const events = live.follow<unknown>(query, { id: live.project });
    const shown: unknown[] = [];
    for (const [from, to] of [
      ['VIDEO_DONE', 'PENDING'],
      ['PENDING', 'FAILED'],
      ['FAILED', 'VIDEO_DONE'],
    ] as const) {
      await live.move(from, to);
      shown.push(...(await take(events, 1)));
    }
    const sceneAt = (previousStatus: string, status: string, version: number) => ({
      previousStatus,
      status,
      version,
      scene: {
        id: encodeGlobalId('Scene', live.film.sceneIds[0] ?? ''),
        status,
        version,
        project: { id: live.project },
      },
    });
    expect(shown).toEqual([
      sceneAt('VIDEO_DONE', 'PENDING', 1),
      sceneAt('PENDING', 'FAILED', 2),
      sceneAt('FAILED', 'VIDEO_DONE', 3),
    ]);
  });

  test('has no scene to show once it is deleted, and goes on', async () => {
    await live.move('VIDEO_DONE', 'FAILED');
    await live.api.db.scene.delete({ where: { id: live.film.sceneIds[0] ?? '' } });
    await live.move('VIDEO_DONE', 'PENDING', 1);
    const query =
      'subscription ($id: ID!) { event: sceneStatusChanged(projectId: $id, after: "0") { status scene { status } } }';
    expect(await take(live.follow<unknown>(query, { id: live.project }), 2)).toEqual([
      { status: 'FAILED', scene: null },
      { status: 'PENDING', scene: { status: 'PENDING' } },
    ]);
  });

  test('names what an event is about', async () => {
    await live.move('VIDEO_DONE', 'FAILED');
    const query = `subscription ($id: ID!) {
      event: projectEvents(projectId: $id, after: "0") {
        ... on ChangeEvent { level eventType subject { id } }
        ... on SceneChanged { version scene { sceneIndex } }
      }
    }`;
    const subject = { id: encodeGlobalId('Scene', live.film.sceneIds[0] ?? '') };
    expect(await takeChanges(live.follow<unknown>(query, { id: live.project }), 1)).toEqual([
      { level: 'INFO', eventType: 'STATE_CHANGE', subject, version: 1, scene: { sceneIndex: 0 } },
    ]);
  });
});

describe('a subscription is refused', () => {
  const RUN = 'subscription ($id: ID!) { runProgress(runId: $id) { percent } }';

  test("on somebody else's project or run, or one that does not exist", async () => {
    const foreign = await seedFilm(live.api.ctx, { workspaceId: await seedWorkspace(live.api.db) });
    for (const id of [foreign.projectId, newId()]) {
      expect(await refusalOf(EVENTS, { id: encodeGlobalId('Project', id) })).toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    for (const id of [foreign.runId, newId()]) {
      expect(await refusalOf(RUN, { id: encodeGlobalId('PipelineRun', id) })).toMatchObject({
        code: 'NOT_FOUND',
      });
    }
  });

  test('with a malformed id or cursor, which it names', async () => {
    const malformed = { code: 'INVALID_INPUT', issues: [{ path: ['projectId'] }] };
    expect(await refusalOf(EVENTS, { id: 'garbage' })).toMatchObject(malformed);
    const cursor = { code: 'INVALID_INPUT', issues: [{ path: ['after'] }] };
    expect(await refusalOf(EVENTS, { id: live.project, after: 'garbage' })).toMatchObject(cursor);
    const ahead = { id: live.project, after: '999999' };
    for (const query of [EVENTS, STATUS_AFTER]) {
      expect(await refusalOf(query, ahead)).toMatchObject({ code: 'CURSOR_EXPIRED' });
    }
  });
});

test('a client that leaves is no longer followed for', async () => {
  const tail = tailOf(live.api.ctx);
  const before = tail.followers;
  const operations = Array.from({ length: 3 }, () => live.follow<Event>(EVENTS, { id: live.project }));
  for (const operation of operations) await take(operation, 1);
  expect(tail.followers).toBeGreaterThan(before);
  await operations[0]?.return?.();
  live.client.terminate();
  await expect.poll(() => tail.followers).toBe(before);
});

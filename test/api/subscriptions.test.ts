import type { Client, FormattedExecutionResult } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { encodeGlobalId, newId } from '../../src/core/ids.ts';
import { recordAudit } from '../../src/features/audit/audit.ts';
import { tailOf } from '../../src/features/audit/log-tail.ts';
import { type Seed, seedFilm, seedWorkspace } from '../support/seed.ts';
import { openTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let film: Seed;
let client: Client;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.remove());
beforeEach(async () => {
  film = await seedFilm(api.ctx);
  client = api.connect();
});
afterEach(() => client.dispose());

/** Writes that a scene moved, as whoever moves it does: the row and the entry in one transaction. */
const move = (from: string, to: 'PENDING' | 'VIDEO_DONE' | 'FAILED', sceneIndex = 0) =>
  api.db.$transaction(async (tx) => {
    const id = film.sceneIds[sceneIndex] ?? '';
    const scene = await tx.scene.update({ where: { id }, data: { status: to, version: { increment: 1 } } });
    await recordAudit(tx, api.ctx.actor, {
      subject: { type: 'Scene', id },
      projectId: film.projectId,
      runId: film.runId,
      eventType: 'STATE_CHANGE',
      version: scene.version,
      message: `Scene is ${to}.`,
      details: { from, to },
    });
  });

const say = (message: string) =>
  api.db.$transaction((tx) =>
    recordAudit(tx, api.ctx.actor, {
      subject: { type: 'Project', id: film.projectId },
      projectId: film.projectId,
      eventType: 'API_CALL',
      message,
    }),
  );

const EVENTS = `subscription ($id: ID!, $after: String) {
  event: projectEvents(projectId: $id, after: $after) { __typename ... on LiveEvent { cursor } ... on ChangeEvent { message } }
}`;
type Event = { __typename: string; cursor: string; message: string };

type Events<Data> = AsyncIterableIterator<FormattedExecutionResult<{ event: Data }, unknown>>;

const follow = <Data = Event>(query: string, variables: Record<string, unknown>): Events<Data> =>
  client.iterate({ query, variables });

const project = () => encodeGlobalId('Project', film.projectId);

/** The next `count` events of an operation. */
async function take<Data>(events: Events<Data>, count: number): Promise<Data[]> {
  const taken: Data[] = [];
  while (taken.length < count) {
    const { value, done } = await events.next();
    if (done) throw new Error(`Ended after ${taken.length} events`);
    if (!value.data) throw new Error(`No event but ${JSON.stringify(value)}`);
    taken.push(value.data.event);
  }
  return taken;
}

/** The next `count` events after the marker. */
const takeChanges = async <Data>(events: Events<Data>, count: number) =>
  (await take(events, count + 1)).slice(1);

const run = () => encodeGlobalId('PipelineRun', film.runId);

const progress = (to: string, percent: number) =>
  api.db.$transaction((tx) =>
    recordAudit(tx, api.ctx.actor, {
      subject: { type: 'PipelineRun', id: film.runId },
      projectId: film.projectId,
      runId: film.runId,
      eventType: 'STATE_CHANGE',
      message: `At ${percent}.`,
      details: { from: 'RUNNING', to, stage: 'CLIPS', percent, estimatedSecondsLeft: null },
    }),
  );

const refusalOf = async (query: string, variables: Record<string, unknown>) => {
  const { value } = await client.iterate({ query, variables }).next();
  return value?.errors?.[0]?.extensions;
};

describe('a subscription', () => {
  test('hears what happens from now on', async () => {
    await say('before');
    const [{ cursor } = { cursor: '' }] = await takeChanges(follow(EVENTS, { id: project(), after: '0' }), 1);
    const events = follow(EVENTS, { id: project(), after: cursor });
    const first = takeChanges(events, 1);
    await say('after');
    expect(await first).toMatchObject([{ message: 'after' }]);
  });

  test('comes back with a cursor and misses nothing, while more happens', async () => {
    for (let index = 0; index < 150; index += 1) await say(`event ${index}`);
    const [third] = (await takeChanges(follow(EVENTS, { id: project(), after: '0' }), 3)).slice(-1);
    const events = takeChanges(follow(EVENTS, { id: project(), after: third?.cursor }), 197);
    for (let index = 150; index < 200; index += 1) await say(`event ${index}`);
    const expected = Array.from({ length: 197 }, (_, index) => `event ${index + 3}`);
    expect((await events).map(({ message }) => message)).toEqual(expected);
  });

  test('shows each change of a scene with the scene as it is then', async () => {
    const query = `subscription ($id: ID!) {
      event: sceneStatusChanged(projectId: $id, after: "0") {
        previousStatus status version scene { id status version project { id } }
      }
    }`;
    const events = follow<unknown>(query, { id: project() });
    const shown: unknown[] = [];
    for (const [from, to] of [
      ['VIDEO_DONE', 'PENDING'],
      ['PENDING', 'FAILED'],
      ['FAILED', 'VIDEO_DONE'],
    ] as const) {
      await move(from, to);
      shown.push(...(await take(events, 1)));
    }
    const sceneAt = (previousStatus: string, status: string, version: number) => ({
      previousStatus,
      status,
      version,
      scene: {
        id: encodeGlobalId('Scene', film.sceneIds[0] ?? ''),
        status,
        version,
        project: { id: project() },
      },
    });
    expect(shown).toEqual([
      sceneAt('VIDEO_DONE', 'PENDING', 1),
      sceneAt('PENDING', 'FAILED', 2),
      sceneAt('FAILED', 'VIDEO_DONE', 3),
    ]);
  });

  test('has no scene to show once it is deleted, and goes on', async () => {
    await move('VIDEO_DONE', 'FAILED');
    await api.db.scene.delete({ where: { id: film.sceneIds[0] ?? '' } });
    await move('VIDEO_DONE', 'PENDING', 1);
    const query =
      'subscription ($id: ID!) { event: sceneStatusChanged(projectId: $id, after: "0") { status scene { status } } }';
    expect(await take(follow<unknown>(query, { id: project() }), 2)).toEqual([
      { status: 'FAILED', scene: null },
      { status: 'PENDING', scene: { status: 'PENDING' } },
    ]);
  });

  test('names what an event is about', async () => {
    await move('VIDEO_DONE', 'FAILED');
    const query = `subscription ($id: ID!) {
      event: projectEvents(projectId: $id, after: "0") {
        ... on ChangeEvent { level eventType subject { id } }
        ... on SceneChanged { version scene { sceneIndex } }
      }
    }`;
    const subject = { id: encodeGlobalId('Scene', film.sceneIds[0] ?? '') };
    expect(await takeChanges(follow<unknown>(query, { id: project() }), 1)).toEqual([
      { level: 'INFO', eventType: 'STATE_CHANGE', subject, version: 1, scene: { sceneIndex: 0 } },
    ]);
  });
});

describe('the events', () => {
  test('begin with a marker: what was there when it came is not told, what follows is', async () => {
    await say('before');
    const events = follow(EVENTS, { id: project() });
    const [marker] = await take(events, 1);
    const { events: log } = (
      await api.ask<{ project: { events: { edges: { cursor: string }[] } } }>(
        'query ($id: ID!) { project(id: $id) { events(first: 100) { edges { cursor } } } }',
        { id: project() },
      )
    ).project;
    expect(marker?.__typename).toBe('SnapshotMarker');
    expect(Number(log.edges.at(-1)?.cursor)).toBe(Number(marker?.cursor));
    await say('after');
    expect(await take(events, 1)).toMatchObject([{ __typename: 'ProjectChanged', message: 'after' }]);
  });

  test('of a run are those that it caused', async () => {
    await say('of the project alone');
    await move('VIDEO_DONE', 'FAILED');
    await progress('FAILED', 50);
    const query = `subscription ($id: ID!) {
      event: runEvents(runId: $id, after: "0") { __typename ... on RunChanged { run { id } } }
    }`;
    expect(await takeChanges(follow<unknown>(query, { id: run() }), 2)).toEqual([
      { __typename: 'SceneChanged' },
      { __typename: 'RunChanged', run: { id: run() } },
    ]);
  });

  test('of a workspace are all of its own, or those of the types that are asked for', async () => {
    const foreign = await seedWorkspace(api.db);
    const query = `subscription ($types: [EventType!]) { event: workspaceEvents(types: $types) { ... on ChangeEvent { message } } }`;
    const all = follow(query, {});
    const scenes = follow(query, { types: ['SCENE_CHANGED'] });
    await Promise.all([take(all, 1), take(scenes, 1)]);
    await say('one');
    await api.db.$transaction((tx) =>
      recordAudit(
        tx,
        { ...api.ctx.actor, workspaceId: foreign },
        {
          subject: { type: 'Scene', id: newId() },
          projectId: null,
          eventType: 'STATE_CHANGE',
          message: 'foreign',
        },
      ),
    );
    await move('VIDEO_DONE', 'FAILED');
    expect((await take(all, 2)).map(({ message }) => message)).toEqual(['one', 'Scene is FAILED.']);
    expect((await take(scenes, 1)).map(({ message }) => message)).toEqual(['Scene is FAILED.']);
  });
});

describe('the progress of a run', () => {
  const PROGRESS = `subscription ($id: ID!, $after: String) {
    event: runProgress(runId: $id, after: $after) { status stage percent message estimatedSecondsLeft run { id } }
  }`;
  test('begins with where it stands and completes with its end', async () => {
    await progress('RUNNING', 10);
    await progress('RUNNING', 20);
    const events = follow<{ percent: number; status: string }>(PROGRESS, { id: run() });
    const [first] = await take(events, 1);
    expect(first).toEqual({
      status: 'RUNNING',
      stage: 'CLIPS',
      percent: 20,
      message: 'At 20.',
      estimatedSecondsLeft: null,
      run: { id: run() },
    });
    await progress('COMPLETED', 100);
    expect(await take(events, 1)).toMatchObject([{ percent: 100, status: 'COMPLETED' }]);
    expect(await events.next()).toMatchObject({ done: true });
  });

  test('of a run that has ended is its end', async () => {
    await progress('RUNNING', 50);
    await progress('FAILED', 60);
    const events = follow<unknown>(PROGRESS, { id: run() });
    expect(await take(events, 1)).toMatchObject([{ percent: 60, status: 'FAILED' }]);
    expect(await events.next()).toMatchObject({ done: true });
  });

  test('passes warnings over', async () => {
    await progress('RUNNING', 10);
    await move('VIDEO_DONE', 'FAILED');
    await say('A warning.');
    await progress('COMPLETED', 100);
    const events = follow<{ percent: number }>(PROGRESS, { id: run(), after: '0' });
    expect((await take(events, 2)).map(({ percent }) => percent)).toEqual([10, 100]);
  });
});

describe('a subscription is refused', () => {
  const RUN = 'subscription ($id: ID!) { runProgress(runId: $id) { percent } }';

  test("on somebody else's project or run, or one that does not exist", async () => {
    const foreign = await seedFilm(api.ctx, { workspaceId: await seedWorkspace(api.db) });
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
    expect(await refusalOf(EVENTS, { id: project(), after: 'garbage' })).toMatchObject(cursor);
  });
});

test('a client that leaves is no longer followed for', async () => {
  const tail = tailOf(api.ctx);
  const before = tail.followers;
  const operations = Array.from({ length: 3 }, () => follow(EVENTS, { id: project() }));
  for (const operation of operations) await take(operation, 1);
  expect(tail.followers).toBeGreaterThan(before);
  await operations[0]?.return?.();
  client.terminate();
  await vi.waitFor(() => expect(tail.followers).toBe(before));
});

import type { Client, FormattedExecutionResult } from 'graphql-ws';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { recordAudit } from '../../src/features/audit/audit.ts';
import { type Seed, seedFilm } from '../support/seed.ts';
import { openTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let film: Seed;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.remove());
beforeEach(async () => {
  film = await seedFilm(api.ctx);
});

const clients: Client[] = [];
const connect = () => {
  const client = api.connect();
  clients.push(client);
  return client;
};
afterAll(async () => {
  for (const client of clients) await client.dispose();
});

const say = (message: string) =>
  api.db.$transaction((tx) =>
    recordAudit(tx, api.ctx.actor, {
      subject: { type: 'Scene', id: film.sceneIds[0] ?? '' },
      projectId: film.projectId,
      eventType: 'API_CALL',
      message,
    }),
  );

type Event = { cursor: string; message?: string; scene?: { project: { title: string } } };
type Events = AsyncIterableIterator<FormattedExecutionResult<{ event: Event }, unknown>>;

const QUERY = `subscription ($id: ID!, $after: String) {
  event: projectEvents(projectId: $id, after: $after) {
    ... on LiveEvent { cursor }
    ... on ChangeEvent { message }
    ... on SceneChanged { scene { project { title } } }
  }
}`;

const follow = (after?: string): Events =>
  connect().iterate({ query: QUERY, variables: { id: encodeGlobalId('Project', film.projectId), after } });

async function take(events: Events, count: number): Promise<Event[]> {
  const taken: Event[] = [];
  while (taken.length < count) {
    const { value } = await events.next();
    if (!value?.data) throw new Error(`No event but ${JSON.stringify(value)}`);
    taken.push(value.data.event);
  }
  return taken;
}

describe('subscribers of one operation', () => {
  test('are told the same, wherever each of them began', async () => {
    await say('before');
    const fresh = Array.from({ length: 4 }, () => follow());
    const resumed = Array.from({ length: 4 }, () => follow('0'));
    await Promise.all([
      ...fresh.map((events) => take(events, 1)),
      ...resumed.map((events) => take(events, 2)),
    ]);
    await say('shared');
    const heard = await Promise.all([...fresh, ...resumed].map((events) => take(events, 1)));
    const [[first] = []] = heard;
    expect(first).toMatchObject({ message: 'shared', scene: { project: { title: 'A title' } } });
    expect(heard).toEqual(heard.map(() => [first]));
  });

  test('each hear all of it in order, though they come and go while it happens', async () => {
    const written = (async () => {
      for (let index = 0; index < 60; index += 1) await say(String(index));
    })();
    const heard = await Promise.all(
      Array.from({ length: 6 }, async (_, reader) => {
        const cursors: string[] = [];
        const messages: string[] = [];
        while (messages.length < 60) {
          const events = follow(cursors.at(-1) ?? '0');
          const count = Math.min(reader + 4, 60 - messages.length);
          for (const { cursor, message } of (await take(events, count + 1)).slice(1)) {
            cursors.push(cursor);
            messages.push(message ?? '');
          }
          await events.return?.();
        }
        return messages;
      }),
    );
    await written;
    const all = Array.from({ length: 60 }, (_, index) => String(index));
    expect(heard).toEqual(heard.map(() => all));
  });
});

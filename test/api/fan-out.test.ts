import pg from 'pg';
import { describe, expect, test, vi } from 'vitest';
import { type Events, LiveFilm, take } from './support/live-film.ts';

const live = LiveFilm.forEachTest();

const say = (message: string) =>
  live.say(message, { subject: { type: 'Scene', id: live.film.sceneIds[0] ?? '' } });

type Event = { cursor: string; message?: string; scene?: { project: { title: string } } };

const QUERY = `subscription ($id: ID!, $after: String) {
  event: projectEvents(projectId: $id, after: $after) {
    ... on LiveEvent { cursor }
    ... on ChangeEvent { message }
    ... on SceneChanged { scene { project { title } } }
  }
}`;

/** Each on a socket of its own. */
const follow = (after?: string): Events<Event> =>
  live.api.connect().iterate({ query: QUERY, variables: { id: live.project, after } });

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

test('what an event shows is read once, though it is asked for in different documents', async () => {
  const documents = ['One', 'Two', 'Three'].map((name) =>
    QUERY.replace('subscription', `subscription ${name}`),
  );
  const all = documents.map((query) => live.follow<Event>(query, { id: live.project }));
  for (const events of all) await take(events, 1);
  const queries = vi.spyOn(pg.Client.prototype, 'query');
  await say('shared');
  for (const events of all) expect(await take(events, 1)).toMatchObject([{ message: 'shared' }]);
  const texts = queries.mock.calls.map(([query]) => (query as { text?: string } | undefined)?.text ?? '');
  queries.mockRestore();
  for (const table of ['audit_logs', 'scenes', 'projects']) {
    expect(texts.filter((text) => text.includes(`FROM "public"."${table}"`))).toHaveLength(1);
  }
});

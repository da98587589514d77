import { scopesOf } from '../../src/core/scopes.ts';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { tailOf } from '../../src/features/audit/live/log-tail.ts';
import { LiveFilm, takeChanges } from './support/live-film.ts';

const live = LiveFilm.forEachTest();

/** Commits an entry that the run caused. */
const say = (message: string) =>
  live.say(message, {
    subject: { type: 'PipelineRun', id: live.film.runId },
    scopes: scopesOf({ Project: live.film.projectId, PipelineRun: live.film.runId }),
  });

const EVENTS = `subscription ($id: ID!) {
  event: runEvents(runId: $id) { __typename ... on LiveEvent { cursor } ... on ChangeEvent { message } }
}`;
const PROGRESS = 'subscription ($id: ID!) { event: runProgress(runId: $id) { percent } }';

/** What a browser's EventSource would make of it, and how it ends. */
async function open(query: string, headers: Record<string, string> = {}) {
  const leave = new AbortController();
  const url = new URL(`${live.api.api.url}/graphql`);
  url.searchParams.set('query', query);
  url.searchParams.set('variables', JSON.stringify({ id: live.run }));
  const response = await fetch(url, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: leave.signal,
  });
  let text = '';
  const read = (async () => {
    for await (const chunk of response.body ?? []) text += new TextDecoder().decode(chunk);
  })().catch(() => {});
  const events = () =>
    [...text.matchAll(/^(?:id: (\d+)\n)?event: (\w+)\ndata: ?(.*)\n\n/gm)].map(([, id, event, data]) => ({
      id,
      event,
      data: data ? (JSON.parse(data) as { data?: { event: object } }).data?.event : undefined,
    }));
  const close = async () => {
    leave.abort();
    await read;
  };
  return { response, text: () => text, events, close };
}

test('events carry their cursor as id, and a client that comes back with it goes on from there', async () => {
  const first = await open(EVENTS);
  expect(first.response.headers.get('content-type')).toBe('text/event-stream');
  await expect.poll(() => first.events()).toHaveLength(1);
  await say('one');
  await expect.poll(() => first.events()).toHaveLength(2);
  const [marker, one] = first.events();
  expect(marker?.data).toEqual({ __typename: 'SnapshotMarker', cursor: marker?.id });
  expect(one?.data).toEqual({ __typename: 'RunChanged', cursor: one?.id, message: 'one' });
  await first.close();

  await say('two');
  const again = await open(EVENTS, { 'last-event-id': one?.id ?? '' });
  await say('three');
  await expect.poll(() => again.events()).toHaveLength(2);
  expect(again.events().map(({ data }) => data)).toMatchObject([{ message: 'two' }, { message: 'three' }]);
  await again.close();
});

test('a client that comes back from ahead of the log is told so', async () => {
  const stream = await open(EVENTS, { 'last-event-id': '999999' });
  await expect.poll(() => stream.text()).toContain('"code":"CURSOR_EXPIRED"');
  await stream.close();
});

test('a replay tells every entry, progress too: as many as a WebSocket tells', async () => {
  const percents = Array.from({ length: 60 }, (_, index) => index);
  for (const percent of percents) await live.progress('RUNNING', percent);
  const replay = `subscription ($id: ID!) {
    event: runEvents(runId: $id, after: "0") { ... on ChangeEvent { message } }
  }`;
  const stream = await open(replay);
  const messages = percents.map((percent) => ({ message: `At ${percent}.` }));
  await expect.poll(() => stream.events().at(-1)?.data).toEqual(messages.at(-1));
  expect(stream.events().map(({ data }) => data)).toEqual([{}, ...messages]);
  const socket = live.follow<object>(replay, { id: live.run });
  expect(await takeChanges(socket, messages.length)).toEqual(messages);
  await stream.close();
});

test('it is complete with the last event', async () => {
  await live.progress('COMPLETED', 100);
  const progress = await open(PROGRESS);
  await expect.poll(() => progress.events()).toHaveLength(2);
  expect(progress.events()).toMatchObject([{ event: 'next', data: { percent: 100 } }, { event: 'complete' }]);
});

test('a client that leaves is no longer followed for', async () => {
  const before = tailOf(live.api.ctx).followers;
  const stream = await open(EVENTS);
  await expect.poll(() => stream.events()).toHaveLength(1);
  expect(tailOf(live.api.ctx).followers).toBe(before + 1);
  await stream.close();
  await expect.poll(() => tailOf(live.api.ctx).followers).toBe(before);
});

const subscriptions = async () => {
  const text = await (await fetch(`${live.api.api.url}/metrics`)).text();
  return Number(/^vidpipe_subscriptions (\d+)$/m.exec(text)?.[1]);
};
const request = () => {
  const body = JSON.stringify({ query: EVENTS, variables: { id: live.run } });
  return [
    'POST /graphql HTTP/1.1',
    `Host: ${new URL(live.api.api.url).host}`,
    'Content-Type: application/json',
    'Accept: text/event-stream',
    `Content-Length: ${body.length}`,
    `\r\n${body}`,
  ].join('\r\n');
};
const dial = async () => {
  const socket = connect(Number(new URL(live.api.api.url).port), '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
};

describe('a client that has gone leaves no subscription behind', () => {
  test('also one that goes before its stream has begun', async () => {
    const leaving = Array.from({ length: 40 }, async (_, index) => {
      const socket = await dial();
      socket.write(request());
      await delay(index % 6);
      socket.resetAndDestroy();
    });
    await Promise.all(leaving);
    const stays = await open(EVENTS);
    await expect.poll(() => stays.events()).toHaveLength(1);
    await expect.poll(subscriptions).toBe(1);
    await stays.close();
  });

  test('and one whose streams wait behind each other on one connection', async () => {
    const socket = await dial();
    socket.write(request().repeat(4));
    await expect.poll(subscriptions).toBe(4);
    socket.resetAndDestroy();
    await expect.poll(subscriptions).toBe(0);
  });
});

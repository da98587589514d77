/** What Google has moved: a question goes where it is told, without our credentials; an order goes nowhere else. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { API_KEY } from '../../support/google-server/start.ts';
import { useFixture } from '../../support/fixture.ts';
import { useGoogleTest } from './support.ts';

const google = useGoogleTest();

type Asked = { method: string; path: string; credentials: unknown[] };

/** Where everything was, and where it is. */
const moved = useFixture(openMoved, (opened) => opened.close());

async function openMoved() {
  const asked: { before: Asked[]; after: Asked[] } = { before: [], after: [] };
  const now = await listen(async (request, response) => {
    asked.after.push(note(request));
    const headers = { 'x-goog-api-key': API_KEY };
    const answer = await fetch(`${google.server.url}${request.url}`, { headers });
    const type = answer.headers.get('content-type') ?? 'application/octet-stream';
    response.writeHead(answer.status, { 'content-type': type });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  const old = await listen((request, response) => {
    asked.before.push(note(request));
    request.resume();
    const isLost = request.url?.includes('lost') === true;
    response.writeHead(307, { location: isLost ? request.url : `${now.url}${request.url}` }).end();
  });
  return { asked, url: old.url, close: async () => void (await Promise.all([old.close(), now.close()])) };
}

const note: (request: Parameters<RequestListener>[0]) => Asked = ({ method = '', url = '', headers }) => ({
  method,
  path: new URL(url, 'http://server').pathname,
  credentials: [headers['x-goog-api-key'], headers.authorization, /[?&]key=/.exec(url)?.[0]].filter(Boolean),
});

async function listen(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const sentAway = () => google.customer('GEMINI', { GOOGLE_GEMINI_BASE_URL: moved.url });

test('a clip, its file and the film are found where they are now, without the key', async () => {
  const name = await google.customer('GEMINI').clip('A stork moves house.');
  const asker = sentAway();
  const told = await asker.poll(name);
  expect(told).toMatchObject({ verdict: 'FILM', uri: expect.stringContaining('files/') });
  const { uri } = told as { uri: string };
  expect(await asker.download(uri, 'moved.mp4')).toMatchObject({ durationSeconds: expect.closeTo(4, 1) });

  const { before, after } = moved.asked;
  expect(after.map(({ path }) => path)).toEqual(before.map(({ path }) => path));
  expect(before.map(({ path }) => /interactions|files\/[^:]+$|:download/.exec(path)?.[0])).toEqual([
    'interactions',
    expect.stringMatching(/^files/),
    ':download',
  ]);
  expect(before.every(({ credentials }) => credentials.length === 1)).toBe(true);
  expect(after.flatMap(({ credentials }) => credentials)).toEqual([]);
});

test('what is sent round and round is no answer about the clip', async () => {
  const count = moved.asked.before.length;
  await expect(sentAway().poll('interactions/v1_lost')).rejects.toMatchObject({ outcome: 'NOT_ACCEPTED' });
  expect(moved.asked.before.length - count).toBeLessThan(30);
});

test('an order is sent once, and not after what has moved: nobody knows what became of it', async () => {
  const { before, after } = moved.asked;
  const counts = [before.length, after.length];
  await expect(sentAway().clip('A stork stays.')).rejects.toMatchObject({ outcome: 'UNKNOWN' });
  expect([before.length, after.length]).toEqual([(counts[0] ?? 0) + 1, counts[1]]);
  expect(before.at(-1)).toMatchObject({ method: 'POST' });
});

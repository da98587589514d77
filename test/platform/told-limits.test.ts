/** The number in a message that says how long something was waited for is that of the limit which ran. */
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { FilmDone } from '../../src/features/pipelines/film/film-work.ts';
import { modelsOf } from '../../src/features/pipelines/confirm/launch-models.ts';
import { ChildWatch } from '../../src/media/child/watch.ts';
import { openOutbound } from '../../src/platform/outbound/outbound.ts';
import { guardedFetch, makeCall } from '../../src/providers/google/call.ts';
import type { GoogleClient } from '../../src/providers/google/client.ts';
import { whenActive } from '../../src/providers/google/files.ts';
import type { ModelStanding } from '../../src/providers/model-standing.ts';
import { providers } from '../../src/providers/registry.ts';
import { changed } from '../support/changed.ts';
import { paidProvider } from '../support/paid-provider/adapter.ts';

const never = new AbortController().signal;

/** Starts it for the test; gives its address without the scheme. */
async function at(server: Server): Promise<string> {
  const sockets: Socket[] = [];
  server.on('connection', (socket: Socket) => sockets.push(socket.on('error', () => {})));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no failure',
    (error: Error) => error.message,
  );

describe('a call to Google', () => {
  const plan = {
    name: 'Google',
    paid: true,
    begins: true,
    namesModel: false,
    secrets: [],
    patience: { firstSeconds: 1, inAllSeconds: 1 },
    callsPerMinute: 1,
  };
  const ask = (address: string, limitSeconds: number, signal = never) =>
    messageOf(makeCall({ ...plan, limitSeconds }, signal, () => guardedFetch(address)));

  test('that is not answered names its own limit, or the time after which the caller’s has ended', async () => {
    const silent = `http://${await at(createServer())}`;
    expect(await ask(silent, 0.25)).toBe('Google: no answer came in 0.25 s.');
    expect(await ask(silent, 30, AbortSignal.timeout(300))).toBe('Google: no answer came in 0.3 s.');
  });

  test('that is not connected does too', async () => {
    const mute = `https://${await at(createTcpServer())}`;
    expect(await ask(mute, 0.25)).toBe('Google: it could not be reached in 0.25 s; nothing was sent.');
  });

  test('that was told to stop names no limit', async () => {
    const silent = `http://${await at(createServer())}`;
    const stop = new AbortController();
    const asked = ask(silent, 30, stop.signal);
    setTimeout(() => stop.abort(new Error('The worker is stopping.')), 100);
    expect(await asked).toMatch(/^Google: it was stopped after 0\.\d s, before an answer came\.$/);
  });

  test('for a file that does not become ready names how long it was waited for', async () => {
    const processing = createServer((_request, response) => response.end('{"state":"PROCESSING"}'));
    const settings = {
      surface: 'GEMINI',
      baseUrl: `http://${await at(processing)}`,
      apiVersion: null,
      fileSeconds: 0.25,
      pollSeconds: 0.05,
      timeoutSeconds: 5,
      waitSeconds: 1,
      patienceSeconds: 1,
      rates: { CLIP: { calls: 10 } },
    };
    const client = { settings, secrets: [], credentials: async () => new Headers() };
    const began = performance.now();
    const waiting = whenActive(
      client as unknown as GoogleClient,
      'files/a',
      { signal: never },
      async () => 1,
    );
    expect(await messageOf(waiting)).toBe('Google files/a: it is not ready after 0.25 s.');
    expect(performance.now() - began).toBeGreaterThanOrEqual(250);
  });
});

describe('a question for a model at a launch', () => {
  afterEach(() => {
    delete providers.GOOGLE;
    vi.useRealTimers();
  });

  const film: FilmDone = {
    prompt: 'A fox wakes.',
    style: 'cinematic',
    aspectRatio: '16:9',
    targetClipDuration: 4,
    targetDuration: 4,
    provider: 'GOOGLE',
    clipsFrom: 'KEYFRAMES',
    sound: true,
    referenceIds: [],
    scenes: [],
  };
  const standingWith = async (askForModel: () => Promise<ModelStanding>) => {
    const paid = changed(paidProvider('http://127.0.0.1:1'), { STORYBOARD: { askForModel } });
    providers.GOOGLE = { ...paid, name: 'GOOGLE' };
    const [standing] = await modelsOf(film, 'STORYBOARD');
    return standing;
  };

  test('that is not answered in four seconds says so, and no sooner', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let words: string | undefined;
    const asked = standingWith(() => new Promise(() => {})).then((standing) => (words = standing?.words));
    await vi.advanceTimersByTimeAsync(3_999);
    expect(words).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(await asked).toMatch(/^no answer came in 4 s; the run asks again/);
  });

  test('that could not be asked says that instead', async () => {
    expect(await standingWith(() => Promise.reject(new Error('no route')))).toMatchObject({
      standing: 'NOT_KNOWN',
      words: expect.stringMatching(/^it could not be asked \(no route\); the run asks again/) as string,
    });
  });
});

test('a receiver of webhooks that does not answer', async () => {
  const url = new URL(`http://${await at(createServer())}/`);
  const outbound = openOutbound({ networks: '127.0.0.1/32', timeoutMilliseconds: 250 });
  expect(await messageOf(outbound.post(url, {}, '', never))).toBe('No answer within 0.25 s.');
});

test.each([
  [{ silenceSeconds: 0.05, wallSeconds: 9 }, /for 0\.05 s it neither told anything nor worked/],
  [{ silenceSeconds: 9, wallSeconds: 0.05 }, /it may take 0\.05 s and took longer/],
])('a media process that is ended: %o', async (limits, words) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const watch = new ChildWatch(resolve, limits);
  await promise;
  expect(watch.verdict()?.message).toMatch(words);
  watch.end();
});

/**
 * Every message of a limit that ran, by its file: those above, and those whose number is the very constant, or the very
 * variable, that is given to the timer or written to the row.
 */
const TOLD = [
  'src/api/http/health.ts',
  'src/api/operations/present-error.ts',
  'src/api/uploads/uploads.ts',
  'src/cli/installation/stop-deadline.ts',
  'src/features/audit/live/until-done.ts',
  'src/features/pipelines/confirm/launch-models.ts',
  'src/features/runs/engine/instead.ts',
  'src/features/runs/engine/shelved.ts',
  'src/features/video-clips/download-video-clip.jobs.ts',
  'src/features/video-clips/keep-verdict.ts',
  'src/features/video-clips/order-anew.ts',
  'src/features/webhooks/record-delivery.ts',
  'src/media/child/watch.ts',
  'src/platform/database/start-lock.ts',
  'src/platform/outbound/outbound.ts',
  'src/platform/pulse.ts',
  'src/providers/google/call-words.ts',
  'src/providers/google/files.ts',
  'src/providers/google/transport.ts',
];

describe('in the source', () => {
  const sources = globSync('src/**/*.ts')
    .filter((file) => !/generated|\.graphql\.ts$|settings\.ts$/.test(file))
    .toSorted()
    .map((file) => {
      const lines = readFileSync(file, 'utf8').split('\n');
      const code = lines.filter((line) => !/^\s*(\*|\/\/|\/\*\*)/.test(line)).join('\n');
      return { file, code };
    });
  const having = (pattern: RegExp) =>
    sources.filter(({ code }) => pattern.test(code)).map(({ file }) => file);

  test('no message names a time in words of its own', () => {
    const words =
      /(['`])(?:(?!\1)[^\n])*\b(within|after|for|in) (\d+|an?) (s|seconds?|minutes?|hours?)\b[^\n]*\1/;
    expect(having(words)).toEqual([]);
  });

  test('every message that names one is on the list, for whoever writes another to try it too', () => {
    const named =
      /\b([Ii]n|[Ww]ithin|[Aa]fter|[Ff]or|may take) (\*\*)?\$\{[^}]*\} (s|ms|seconds|minutes|hours)\b/;
    expect(having(named)).toEqual(TOLD);
  });
});

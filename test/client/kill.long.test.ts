import { createClient as createSocket } from 'graphql-ws';
import { rolldown } from 'rolldown';
import { expect, test, vi } from 'vitest';
import { type Client, createClient } from '../../src/client/index.ts';
import { openBrowser } from '../browser/support/open-browser.ts';
import { freePort } from '../support/free-port.ts';
import { findChromium } from '../support/needs.ts';
import { newDataDir, startVidpipe } from '../support/vidpipe-process.ts';
import { CutProxy } from './support/cut-proxy.ts';

const WAIT = 60_000;
const TRANSPORTS = ['websocket', 'sse'] as const;
const EVENTS = `subscription Events($after: String) {
  event: workspaceEvents(after: $after) { ... on LiveEvent { cursor } }
}`;
const CREATE = 'mutation ($input: CreateProjectInput!) { createProject(input: $input) { __typename } }';

type Event = { event: { cursor: string } };
type After = { after?: string };

/** What a follower heard so far. */
type Heard = () => Promise<string[]>;

function followInNode(url: string): { heard: Heard; close(): void }[] {
  return TRANSPORTS.map((transport) => {
    const client = createClient({ url, transport });
    const cursors: string[] = [];
    void (async () => {
      for await (const { event } of client.follow<Event, After>(EVENTS, { after: '0' }))
        cursors.push(event.cursor);
    })();
    return { heard: () => Promise.resolve(cursors), close: () => client.close() };
  });
}

/** The module as a bundler makes it for pages. */
async function bundle(): Promise<string> {
  await using made = await rolldown({ input: 'src/client/index.ts', platform: 'browser' });
  const { output } = await made.generate({ format: 'iife', name: 'vidpipeClient' });
  return output[0].code;
}

async function followInChromium(executablePath: string, url: string) {
  const browser = await openBrowser(executablePath);
  await browser.page.goto(`${url}/healthz`);
  await browser.page.addScriptTag({ content: await bundle() });
  type Page = { vidpipeClient: { createClient: typeof createClient }; heard: Record<string, string[]> };
  await browser.page.evaluate(
    ({ transports, query }) => {
      const page = globalThis as unknown as Page;
      page.heard = {};
      for (const transport of transports) {
        const cursors: string[] = (page.heard[transport] = []);
        const client: Client = page.vidpipeClient.createClient({ url: '/graphql', transport });
        void (async () => {
          for await (const { event } of client.follow<Event, After>(query, { after: '0' }))
            cursors.push(event.cursor);
        })();
      }
    },
    { transports: TRANSPORTS, query: EVENTS },
  );
  const followers: Heard[] = TRANSPORTS.map(
    (transport) => () =>
      browser.page.evaluate((name) => (globalThis as unknown as Page).heard[name] ?? [], transport),
  );
  return { followers, close: () => browser.close() };
}

/** The log as the server tells it to one that is never cut, up to `last`. */
async function readLog(url: string, last: string): Promise<string[]> {
  const socket = createSocket({ url: url.replace('http', 'ws'), retryAttempts: 0 });
  const cursors: string[] = [];
  const variables = { after: '0' };
  for await (const { data } of socket.iterate<Event>({ query: EVENTS, variables })) {
    cursors.push(data?.event.cursor ?? '');
    if (cursors.at(-1) === last) break;
  }
  await socket.dispose();
  return cursors;
}

test('killed and started again, cut off again and again: everybody hears exactly the log', async () => {
  await using left = new AsyncDisposableStack();
  const port = await freePort();
  const env = { VIDPIPE_DATA_DIR: newDataDir(), PORT: String(port), LOG_LEVEL: 'silent' };
  const start = async () => {
    const server = startVidpipe(['serve'], env);
    await server.saw(/http:\S+\/graphql/);
    return server;
  };
  let server = await start();
  left.defer(() => void server.child.kill('SIGKILL'));
  const proxy = await CutProxy.open(port);
  left.defer(() => proxy.close());

  const inNode = followInNode(`${proxy.url}/graphql`);
  for (const follower of inNode) left.defer(() => follower.close());
  const followers = inNode.map(({ heard }) => heard);
  const executablePath = findChromium();
  if (executablePath !== null) {
    const chromium = await followInChromium(executablePath, proxy.url);
    left.defer(() => chromium.close());
    followers.push(...chromium.followers);
  }
  const url = `http://127.0.0.1:${port}/graphql`;
  const person = createClient({ url });
  const write = async () => {
    for (let index = 0; index < 5; index += 1)
      await person.request(CREATE, { input: { prompt: `Project ${index}.` } });
  };
  const lengths = () => Promise.all(followers.map(async (heard) => (await heard()).length));
  const grown = async (before: number[]) =>
    vi.waitFor(async () => {
      const now = await lengths();
      expect(now.every((length, index) => length > (before[index] ?? 0))).toBe(true);
    }, WAIT);

  for (let round = 0; round < 3; round += 1) {
    const before = await lengths();
    await write();
    await grown(before);
    proxy.cut();
    await write();
    server.child.kill('SIGKILL');
    await server.ended;
    server = await start();
  }
  const before = await lengths();
  await write();
  await grown(before);
  const all = await vi.waitFor(async () => {
    const heard = await Promise.all(followers.map((follower) => follower()));
    expect(new Set(heard.map((cursors) => cursors.at(-1))).size).toBe(1);
    expect(heard[0]?.length).toBeGreaterThan(35);
    return heard;
  }, WAIT);
  const log = await readLog(url, all[0]?.at(-1) ?? '');
  for (const heard of all) expect(heard).toEqual(log);
}, 240_000);

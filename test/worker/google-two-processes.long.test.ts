/** A film that one process begins and another one ends: of what Google has, only the name goes over. */
import { test, type TestContext } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeDataDir } from '../support/embedded-template.ts';
import { startGoogleServer, type Surface } from '../support/google-server/start.ts';
import type { World } from '../support/google-server/world.ts';
import { startVidpipe } from '../support/vidpipe-process.ts';
import { clientOf } from '../chaos/client.ts';
import { finishAll } from '../chaos/person.ts';

/** One process after another, with a film of one clip that takes 15 s to be made. */
async function openRelay(
  { onTestFinished }: TestContext,
  surface: Surface,
  more: Record<string, string> = {},
) {
  const server = await startGoogleServer();
  onTestFinished(() => server.stop());
  await server.settings({ operationMs: 15_000 });
  const env = {
    ...server.environment(surface),
    ...more,
    VIDPIPE_DATA_DIR: await makeDataDir(),
    VIDPIPE_GOOGLE_POLL_SECONDS: '1',
    PORT: '0',
    LOG_LEVEL: 'error',
  };
  const serve = async () => {
    const process = startVidpipe(['serve'], env);
    onTestFinished(() => void process.child.kill('SIGKILL'));
    const [url] = await process.saw(/http:\S+\/graphql/);
    return { process, client: clientOf(url) };
  };
  const first = await serve();
  const prompt = 'A fox called onex wakes.';
  const projectId = await first.client.generate(prompt, 'two-processes', {
    provider: 'GOOGLE',
    targetClipDuration: 4,
    targetDuration: 4,
  });
  const operation = async () => (await server.ledger()).find(({ kind }) => kind === 'CLIP');
  return { server, serve, first, projectId, operation };
}

test.concurrent.for<Surface>(['GEMINI', 'VERTEX'])(
  'on %s a clip that was bought before a kill -9 is polled by the next process, and not bought again',
  { timeout: 240_000 },
  async (surface, context) => {
    const { expect } = context;
    const { server, serve, first, projectId, operation } = await openRelay(context, surface);
    await expect.poll(async () => (await operation())?.polls ?? 0, { timeout: 90_000 }).toBeGreaterThan(0);
    first.process.child.kill('SIGKILL');
    await first.process.ended;

    const second = await serve();
    const polls = (await operation())?.polls ?? 0;
    await expect
      .poll(async () => (await operation())?.polls ?? 0, { timeout: 30_000 })
      .toBeGreaterThan(polls);
    expect(await finishAll(second.client, server, [projectId], 120)).toEqual([]);
    const bought = (await server.ledger()).map(({ kind }) => kind);
    expect(bought).toEqual(['STORYBOARD', 'KEYFRAME', 'KEYFRAME', 'CLIP']);
    expect(await operation()).toMatchObject({ state: 'DONE', downloads: surface === 'GEMINI' ? 1 : 0 });
  },
);

/** Ends while its answer is still coming: is killed, or told to stop. */
async function endedInside(
  context: TestContext,
  transport: string,
  signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL',
  world: Partial<World> = {},
) {
  const { expect } = context;
  const relay = await openRelay(context, 'GEMINI', { VIDPIPE_GOOGLE_OMNI_TRANSPORT: transport });
  await relay.server.world(world);
  await expect.poll(async () => (await relay.operation())?.state, { timeout: 90_000 }).toBe('RUNNING');
  // Long enough for a name to be written down.
  await sleep(1_000);
  relay.first.process.child.kill(signal);
  await relay.first.process.ended;
  // It did not wait for the film.
  expect((await relay.operation())?.state).toBe('RUNNING');
  const { client } = await relay.serve();
  const clip = async () => (await client.project(relay.projectId)).scenes[0]?.clip?.status;
  const bought = async () => (await relay.server.ledger()).map(({ kind }) => kind);
  return { ...relay, client, clip, bought };
}

const ONCE = ['STORYBOARD', 'KEYFRAME', 'KEYFRAME', 'CLIP'];

test.concurrent.for(['SIGKILL', 'SIGTERM'] as const)(
  '%s while an answer is held leaves a clip of which nobody knows, and that a person settles by what the provider says',
  { timeout: 240_000 },
  async (signal, context) => {
    const { expect } = context;
    const { server, projectId, client, clip, bought } = await endedInside(context, 'hold', signal);
    await expect.poll(clip, { timeout: 60_000 }).toBe('UNKNOWN');
    expect(await finishAll(client, server, [projectId], 120)).toEqual([]);
    expect(await bought()).toEqual(ONCE);
  },
);

const NAMED: [signal: 'SIGKILL' | 'SIGTERM', transport: string, world: Partial<World>][] = [
  ['SIGKILL', 'stream', {}],
  ['SIGTERM', 'stream', {}],
  ['SIGTERM', 'hold', { namesHeld: true }],
];

test.concurrent.for(NAMED)(
  '%s in an answer by %s that has told its name loses nothing: it was written down, and the next process goes on with it',
  { timeout: 240_000 },
  async ([signal, transport, world], context) => {
    const { expect } = context;
    const { clip, bought, operation } = await endedInside(context, transport, signal, world);
    await expect.poll(clip, { timeout: 90_000 }).toBe('COMPLETE');
    expect(await bought()).toEqual(ONCE);
    expect(await operation()).toMatchObject({ state: 'DONE', downloads: 1 });
  },
);

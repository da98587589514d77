/** A film that one process begins and another one ends: of what Google has, only the name goes over. */
import { test, type TestContext } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeDataDir } from '../support/embedded-template.ts';
import { startGoogleServer, type Surface } from '../support/google-server/start.ts';
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

/** Killed while its answer is still coming. */
async function killedInside(context: TestContext, transport: string) {
  const { expect } = context;
  const relay = await openRelay(context, 'GEMINI', { VIDPIPE_GOOGLE_OMNI_TRANSPORT: transport });
  await expect.poll(async () => (await relay.operation())?.state, { timeout: 90_000 }).toBe('RUNNING');
  // Long enough for a name to be written down.
  await sleep(1_000);
  relay.first.process.child.kill('SIGKILL');
  await relay.first.process.ended;
  const next = await relay.serve();
  const left = await finishAll(next.client, relay.server, [relay.projectId], 120);
  const bought = (await relay.server.ledger()).map(({ kind }) => kind);
  return { left, bought, operation: await relay.operation() };
}

test.concurrent(
  'a kill -9 while an answer is held leaves a clip of which nobody knows, and that a person settles by what the provider says',
  { timeout: 240_000 },
  async (context) => {
    const { expect } = context;
    const { bought, operation } = await killedInside(context, 'hold');
    expect(bought.filter((kind) => kind === 'CLIP')).toHaveLength(1);
    expect(operation).toMatchObject({ state: 'DONE' });
  },
);

test.concurrent(
  'a kill -9 in a stream loses nothing: its name was written down, and the next process goes on with it',
  { timeout: 240_000 },
  async (context) => {
    const { expect } = context;
    const { left, bought, operation } = await killedInside(context, 'stream');
    expect(left).toEqual([]);
    expect(bought).toEqual(['STORYBOARD', 'KEYFRAME', 'KEYFRAME', 'CLIP']);
    context.expect(operation).toMatchObject({ state: 'DONE', downloads: 1, polls: expect.any(Number) });
  },
);

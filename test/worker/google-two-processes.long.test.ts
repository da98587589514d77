/** A film that one process begins and another one ends: of what Google has, only the name goes over. */
import { test } from 'vitest';
import { makeDataDir } from '../support/embedded-template.ts';
import { startGoogleServer, type Surface } from '../support/google-server/start.ts';
import { startVidpipe } from '../support/vidpipe-process.ts';
import { clientOf } from '../chaos/client.ts';
import { finishAll } from '../chaos/person.ts';

test.concurrent.for<Surface>(['GEMINI', 'VERTEX'])(
  'on %s a clip that was bought before a kill -9 is polled by the next process, and not bought again',
  { timeout: 240_000 },
  async (surface, { expect, onTestFinished }) => {
    const server = await startGoogleServer();
    onTestFinished(() => server.stop());
    await server.settings({ operationMs: 15_000 });
    const env = {
      ...server.environment(surface),
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

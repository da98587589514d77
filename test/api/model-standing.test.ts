/** Whether a provider's models are to be had, as the schema tells it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installProvider, providers } from '../../src/providers/registry.ts';
import { googleAt } from '../support/google-server/adapter.ts';
import { type GoogleServerProcess, startGoogleServer } from '../support/google-server/start.ts';
import { useTestApi } from '../support/test-api.ts';

const api = useTestApi();
let google: GoogleServerProcess;
beforeAll(async () => {
  google = await startGoogleServer();
});
afterAll(async () => {
  delete providers.GOOGLE;
  await google.stop();
});

type Told = {
  providers: { name: string; models: { call: string; standing: string; standingMessage: string | null }[] }[];
};

async function told(): Promise<Record<string, [standing: string, message: string | null]>> {
  const query = '{ providers { name models { call standing standingMessage } } }';
  const { data } = await api.send<Told>(query);
  const models = data?.providers.find(({ name }) => name === 'GOOGLE')?.models ?? [];
  return Object.fromEntries(
    models.map(({ call, standing, standingMessage }) => [call, [standing, standingMessage]]),
  );
}

test('a dead model is REFUSED with the way out, a living one LIVE, and what does not answer NOT_KNOWN', async () => {
  await google.world({ deadModels: ['gemini-3-pro-image'] });
  installProvider(googleAt(google, 'GEMINI'));
  expect(await told()).toEqual({
    STORYBOARD: ['LIVE', null],
    KEYFRAME: ['REFUSED', expect.stringMatching(/gemini-3-pro-image.*VIDPIPE_GOOGLE_IMAGE_MODEL/)],
    CLIP: ['LIVE', null],
    TRANSCRIPT: ['LIVE', null],
    MOMENTS: ['LIVE', null],
  });

  await google.world({ deadModels: [], asking: { status: 503, delayMs: 0 } });
  installProvider(googleAt(google, 'GEMINI'));
  expect((await told())['CLIP']).toEqual(['NOT_KNOWN', expect.stringContaining('503')]);
});

/** What the real SDK sends for clips between two frames, field by field, on both surfaces. */
import { describe, expect, test } from 'vitest';
import { useGoogleTest } from './support.ts';
import {
  base64,
  CLIP_RULES,
  credentialsOf,
  modelPath,
  OMNI,
  omniRequest,
  omniRoot,
  STYLE,
  SURFACES,
  TELLING,
} from './wire.ts';

const google = useGoogleTest();

const PROMPT = [TELLING, STYLE, CLIP_RULES].join('\n');

describe('Veo on Vertex', () => {
  const veo = modelPath('VERTEX', 'veo-3.1-generate-001', 'us-central1');

  test('is asked for a clip between two frames, polled by name in another client, and fetched from the operation', async () => {
    const customer = google.customer('VERTEX');
    const requests = await customer.requestsOf(async () => {
      const name = await customer.clip('A fox wakes.', 5);
      expect(name).toMatch(new RegExp(`^${veo.slice('/v1beta1/'.length)}/operations/`));
      const other = google.customer('VERTEX');
      expect(await other.poll(name)).toMatchObject({ verdict: 'FILM', uri: name });
      expect((await other.download(name, 'veo.mp4')).durationSeconds).toBeCloseTo(6, 1);
    });
    const headers = expect.objectContaining(credentialsOf('VERTEX'));
    const operationName = expect.stringContaining('/operations/');
    const poll = {
      method: 'POST',
      path: `${veo}:fetchPredictOperation`,
      query: {},
      headers,
      body: { operationName },
    };
    const frame = async (name: string) => ({
      bytesBase64Encoded: await base64(`${google.directory}/${name}`),
      mimeType: 'image/png',
    });
    expect(requests).toEqual([
      {
        method: 'POST',
        path: `${veo}:predictLongRunning`,
        query: {},
        headers,
        body: {
          instances: [
            { prompt: PROMPT, image: await frame('first.png'), lastFrame: await frame('last.png') },
          ],
          parameters: {
            sampleCount: 1,
            durationSeconds: 6,
            aspectRatio: '16:9',
            resolution: '720p',
            generateAudio: true,
          },
        },
      },
      poll,
      poll,
    ]);
  });

  test('puts its clip into a bucket where one is set, and it is read from there', async () => {
    const customer = google.customer('VERTEX', { VIDPIPE_GOOGLE_OUTPUT_URI: 'gs://films/out put' });
    const requests = await customer.requestsOf(async () => {
      const operation = await customer.end(await customer.clip('A bear fishes.'));
      expect(operation).toMatchObject({
        verdict: 'FILM',
        uri: expect.stringMatching(/^gs:\/\/films\/out put\/.+\/sample_0\.mp4$/),
      });
      if (operation.verdict === 'FILM') await customer.download(operation.uri, 'bucket.mp4');
    });
    expect(requests[0]).toMatchObject({ body: { parameters: { storageUri: 'gs://films/out put' } } });
    expect(requests.at(-1)).toEqual({
      method: 'GET',
      path: expect.stringMatching(/^\/storage\/v1\/b\/films\/o\/out%20put%2F.+%2Fsample_0\.mp4$/),
      query: { alt: 'media' },
      headers: expect.objectContaining(credentialsOf('VERTEX')),
      body: null,
    });
  });
});

describe('Omni', () => {
  test.each(SURFACES)(
    'on %s is asked for in the background, polled by id in another client, and fetched',
    async (surface) => {
      const more = { VIDPIPE_GOOGLE_VIDEO_MODEL: OMNI[surface] };
      const customer = google.customer(surface, more);
      const requests = await customer.requestsOf(async () => {
        const name = await customer.clip('A fox wakes.', 5);
        expect(name).toMatch(/^interactions\/v1_/);
        const other = google.customer(surface, more);
        const operation = await other.poll(name);
        if (operation.verdict !== 'FILM') throw new Error(`It ended as ${operation.verdict}.`);
        expect((await other.download(operation.uri, 'omni.mp4')).durationSeconds).toBeCloseTo(5, 1);
      });
      const root = omniRoot(surface);
      const headers = expect.objectContaining(credentialsOf(surface));
      const image = async (name: string) => ({
        type: 'image',
        data: await base64(`${google.directory}/${name}`),
        mime_type: 'image/png',
      });
      const poll = {
        method: 'GET',
        path: expect.stringMatching(new RegExp(`^${root}/interactions/v1_`)),
        query: { stream: 'false' },
        headers,
        body: null,
      };
      const file = (path: RegExp, query: object) => ({
        method: 'GET',
        path: expect.stringMatching(path),
        query,
        headers,
        body: null,
      });
      expect(requests).toEqual([
        omniRequest(surface, 'image_to_video', [
          await image('first.png'),
          await image('last.png'),
          { type: 'text', text: `[# Sources <FIRST_FRAME>@Image1 <LAST_FRAME>@Image2]\n${PROMPT}` },
        ]),
        poll,
        ...(surface === 'GEMINI'
          ? [
              file(/^\/v1beta\/files\/clip-[^:]+$/, {}),
              file(/^\/v1beta\/files\/clip-.+:download$/, { alt: 'media' }),
            ]
          : [poll]),
      ]);
    },
  );

  test('is stopped by its id, as long as it runs', async () => {
    const customer = google.customer('GEMINI');
    await google.server.settings({ operationMs: 60_000 });
    const running = await customer.clip('A whale dives.');
    await google.server.settings({ operationMs: 0 });
    const done = await customer.clip('A whale dives again.');
    const requests = await customer.requestsOf(async () => {
      expect(await customer.cancel(running)).toEqual({ usage: null, isFree: false });
      expect(await customer.cancel(done)).toBeNull();
    });
    expect(requests[0]).toMatchObject({ method: 'POST', path: `/v1beta/${running}/cancel`, body: null });
    expect(await customer.poll(running)).toMatchObject({ verdict: 'REFUSED_AS_ASKED' });
  });
});

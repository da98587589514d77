/** What the real SDK sends for each call, field by field, on both surfaces. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { INSTRUCTION } from '../../../src/providers/google/storyboard-request.ts';
import { storyboardAnswer } from '../../../src/providers/storyboard-answer.ts';
import { API_KEY, PROJECT, type Surface } from '../../support/google-server/start.ts';
import { type GoogleTest, openGoogleTest } from './support.ts';

let google: GoogleTest;
beforeAll(async () => {
  google = await openGoogleTest();
});
afterAll(() => google.close());

const SURFACES: Surface[] = ['GEMINI', 'VERTEX'];

const modelPath = (surface: Surface, model: string, location = 'global') =>
  surface === 'GEMINI'
    ? `/v1/models/${model}`
    : `/v1beta1/projects/${PROJECT}/locations/${location}/publishers/google/models/${model}`;

const credentialsOf = (surface: Surface) =>
  surface === 'GEMINI' ? { 'x-goog-api-key': API_KEY } : { authorization: 'Bearer ya29.test-token' };

const base64 = async (file: string) => (await readFile(file)).toString('base64');

const words = (description: string) => ({ type: 'string', description });

describe.each(SURFACES)('on %s', (surface) => {
  test('a storyboard is asked for with its schema, and the answer comes without thoughts', async () => {
    const customer = google.customer(surface);
    const prompt = 'A fox wakes. A hare runs.';
    let written: Awaited<ReturnType<typeof customer.storyboard>> | undefined;
    const requests = await customer.requestsOf(async () => {
      written = await customer.storyboard(prompt, { targetDuration: 8 });
    });
    expect(storyboardAnswer.parse(written?.answer).scenes.map((scene) => scene.scene_description)).toEqual([
      'A fox wakes.',
      'A hare runs.',
    ]);
    expect(written).toMatchObject({
      usage: { MILLION_INPUT_TOKENS: 0.0009, MILLION_OUTPUT_TOKENS: 0.002 },
      requestId: 'response-1',
    });
    expect(requests).toEqual([
      {
        method: 'POST',
        path: `${modelPath(surface, 'gemini-3.8-flash')}:generateContent`,
        query: {},
        headers: expect.objectContaining({
          ...credentialsOf(surface),
          'content-type': 'application/json',
          'user-agent': expect.stringContaining('google-genai-sdk/3.1.0'),
        }),
        body: {
          contents: [
            {
              role: 'user',
              parts: [
                {
                  text: 'Exactly 2 scenes, each 4 seconds long, aspect ratio 16:9.\nStyle: black-and-white film noir, hard single-source light, deep blacks, wet streets, coarse grain.\nThe film:',
                },
                { text: prompt },
              ],
            },
          ],
          systemInstruction: { role: 'user', parts: [{ text: INSTRUCTION }] },
          generationConfig: {
            temperature: 1,
            maxOutputTokens: 16_384,
            responseMimeType: 'application/json',
            responseJsonSchema: {
              type: 'object',
              required: ['style_guide', 'scenes'],
              properties: {
                style_guide: {
                  type: 'object',
                  required: ['visual_style', 'color_palette', 'camera_style'],
                  properties: {
                    visual_style: words('Look of the whole film.'),
                    color_palette: words('Its colors.'),
                    camera_style: words('How its camera behaves.'),
                  },
                },
                scenes: {
                  type: 'array',
                  minItems: 2,
                  maxItems: 2,
                  items: {
                    type: 'object',
                    required: [
                      'scene_index',
                      'scene_description',
                      'start_frame_prompt',
                      'end_frame_prompt',
                      'video_motion_prompt',
                      'transition_notes',
                    ],
                    properties: {
                      scene_index: { type: 'integer', description: 'From 0.', minimum: 0 },
                      scene_description: words('What happens.'),
                      start_frame_prompt: words('First frame, for an image model.'),
                      end_frame_prompt: words('Last frame, for an image model.'),
                      video_motion_prompt: words('What moves between the two, for a video model.'),
                      transition_notes: words('How it goes over into the next scene.'),
                      narration: words('What a narrator says; leave out for none.'),
                    },
                  },
                },
              },
            },
          },
        },
      },
    ]);
  });

  test('each try of a storyboard is cooler than the one before', async () => {
    const customer = google.customer(surface);
    const requests = await customer.requestsOf(async () => {
      for (const attempt of [0, 1, 2]) await customer.storyboard('A fox wakes.', { attempt });
    });
    expect(requests).toMatchObject(
      [1, 0.6, 0.2].map((temperature) => ({ body: { generationConfig: { temperature } } })),
    );
  });

  test('a first frame is asked for in words, a last frame with the first one, and thoughts are no pictures', async () => {
    const customer = google.customer(surface);
    const requests = await customer.requestsOf(async () => {
      const drawn = await customer.keyframe('A fox wakes.', 'START');
      expect(drawn).toMatchObject({
        promptUsed: 'First frame: A fox wakes.',
        mimeType: 'image/png',
        width: 320,
        height: 180,
        usage: { IMAGE: 1 },
      });
      await customer.keyframe('A fox wakes.', 'END');
    });
    const style =
      'Style: cinematic live-action film, layered depth, motivated light, soft anamorphic glow, fine grain.\nOne single frame that fills the picture. No text, captions, logos, borders or watermarks.';
    const request = (parts: object[]) => ({
      method: 'POST',
      path: `${modelPath(surface, 'gemini-3-pro-image')}:generateContent`,
      query: {},
      headers: expect.objectContaining(credentialsOf(surface)),
      body: {
        contents: [{ role: 'user', parts }],
        generationConfig: {
          responseModalities: ['IMAGE'],
          imageConfig: { aspectRatio: '16:9', imageSize: '1K' },
        },
      },
    });
    const before = { mimeType: 'image/png', data: await base64(`${google.directory}/start.png`) };
    expect(requests).toEqual([
      request([{ text: `First frame: A fox wakes.\n${style}` }]),
      request([
        { inlineData: before },
        { text: expect.stringMatching(/^This picture is the first frame of a shot\./) },
        { text: `Last frame: A fox wakes.\n${style}` },
      ]),
    ]);
  });
});

const PROMPT =
  'The camera rests: A fox wakes.\nA fox wakes.\nNobody speaks.\nStyle: cinematic live-action film, layered depth, motivated light, soft anamorphic glow, fine grain.\nOne continuous shot. No text, captions, logos or watermarks.';

describe('Veo on Vertex', () => {
  const veo = modelPath('VERTEX', 'veo-3.1-generate-001', 'us-central1');

  test('is asked for a clip between two frames, polled by name in another client, and fetched from the operation', async () => {
    const customer = google.customer('VERTEX');
    const requests = await customer.requestsOf(async () => {
      const name = await customer.clip('A fox wakes.', 5);
      expect(name).toMatch(new RegExp(`^${veo.slice('/v1beta1/'.length)}/operations/`));
      const other = google.customer('VERTEX');
      expect(await other.poll(name)).toEqual({ state: 'DONE', uri: name });
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
      expect(operation).toEqual({
        state: 'DONE',
        uri: expect.stringMatching(/^gs:\/\/films\/out put\/.+\/sample_0\.mp4$/),
      });
      if (operation.state === 'DONE') await customer.download(operation.uri, 'bucket.mp4');
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
      const more = { VIDPIPE_GOOGLE_VIDEO_MODEL: 'gemini-omni-1.2-flash' };
      const customer = google.customer(surface, more);
      const requests = await customer.requestsOf(async () => {
        const name = await customer.clip('A fox wakes.', 5);
        expect(name).toMatch(/^interactions\/v1_/);
        const other = google.customer(surface, more);
        const operation = await other.poll(name);
        if (operation.state !== 'DONE') throw new Error(`It ended as ${operation.state}.`);
        expect((await other.download(operation.uri, 'omni.mp4')).durationSeconds).toBeCloseTo(5, 1);
      });
      const root = surface === 'GEMINI' ? '/v1' : `/v1beta1/projects/${PROJECT}/locations/global`;
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
      const file = {
        method: 'GET',
        path: expect.stringMatching(/^\/v1\/files\/clip-.+:download$/),
        query: { alt: 'media' },
        headers,
        body: null,
      };
      expect(requests).toEqual([
        {
          method: 'POST',
          path: `${root}/interactions`,
          query: {},
          headers,
          body: {
            model: 'gemini-omni-1.2-flash',
            input: [
              await image('first.png'),
              await image('last.png'),
              { type: 'text', text: `[# Sources <FIRST_FRAME>@Image1 <LAST_FRAME>@Image2]\n${PROMPT}` },
            ],
            response_format: {
              type: 'video',
              aspect_ratio: '16:9',
              duration: '5s',
              resolution: '720p',
              delivery: surface === 'GEMINI' ? 'uri' : 'inline',
            },
            generation_config: { video_config: { task: 'image_to_video' } },
            background: true,
          },
        },
        poll,
        surface === 'GEMINI' ? file : poll,
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
      expect(await customer.cancel(running)).toBe(true);
      expect(await customer.cancel(done)).toBe(false);
    });
    expect(requests[0]).toMatchObject({ method: 'POST', path: `/v1/${running}/cancel`, body: null });
    expect(await customer.poll(running)).toMatchObject({ state: 'FAILED' });
  });
});

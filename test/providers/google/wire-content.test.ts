/** What the real SDK sends for text and pictures, field by field, on both surfaces. */
import { describe, expect, test } from 'vitest';
import { INSTRUCTION } from '../../../src/providers/google/storyboard-request.ts';
import { storyboardAnswer } from '../../../src/providers/storyboard-answer.ts';
import { useGoogleTest } from './support.ts';
import { base64, credentialsOf, FRAME_RULES, frameRequest, modelPath, STYLE, SURFACES } from './wire.ts';

const google = useGoogleTest();

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
            thinkingConfig: { thinkingLevel: 'LOW' },
            maxOutputTokens: 32_768,
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
                      scene_index: { type: 'integer', description: 'From 0.' },
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

  test('prompts for models are asked for in English, and what is spoken in the user’s language', async () => {
    const customer = google.customer(surface);
    const [request] = await customer.requestsOf(() => customer.storyboard('Ein Fuchs erwacht.'));
    const told = expect.stringMatching(
      /everything but the narration in English, whatever the language.*\n.*Write narration .* in the language of the user's text/s,
    );
    expect(request?.body).toMatchObject({
      systemInstruction: { parts: [{ text: told }] },
      contents: [{ parts: [{}, { text: 'Ein Fuchs erwacht.' }] }],
    });
  });

  test('a first frame is asked for in words, a last frame with the first one, and thoughts are no pictures', async () => {
    const customer = google.customer(surface);
    const requests = await customer.requestsOf(async () => {
      const drawn = await customer.keyframe('A fox wakes.', 'START');
      expect(drawn).toMatchObject({
        promptUsed: 'First frame: A fox wakes.',
        mimeType: 'image/png',
        width: 640,
        height: 360,
        usage: {
          MILLION_INPUT_TOKENS: 0.00012,
          MILLION_OUTPUT_TOKENS: 0.00102,
          MILLION_IMAGE_OUTPUT_TOKENS: 0.00112,
        },
      });
      await customer.keyframe('A fox wakes.', 'END');
    });
    const style = `${STYLE}\n${FRAME_RULES}`;
    const before = { mimeType: 'image/png', data: await base64(`${google.directory}/start.png`) };
    expect(requests).toEqual([
      frameRequest(surface, [{ text: `First frame: A fox wakes.\n${style}` }]),
      frameRequest(surface, [
        { inlineData: before },
        { text: expect.stringMatching(/^This picture is the first frame of a shot\./) },
        { text: `Last frame: A fox wakes.\n${style}` },
      ]),
    ]);
  });
});

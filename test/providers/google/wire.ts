/** What requests have in common, for tests that assert them field by field. */
import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { API_KEY, PROJECT, type Surface } from '../../support/google-server/start.ts';

export const SURFACES: Surface[] = ['GEMINI', 'VERTEX'];

export const modelPath = (surface: Surface, model: string, location = 'global') =>
  surface === 'GEMINI'
    ? `/v1/models/${model}`
    : `/v1beta1/projects/${PROJECT}/locations/${location}/publishers/google/models/${model}`;

/** Omni's name on each surface. */
export const OMNI: Readonly<Record<Surface, string>> = {
  GEMINI: 'gemini-omni-1.2-flash',
  VERTEX: 'gemini-omni-1.1-flash-preview',
};

/** Root of interactions. */
export const omniRoot = (surface: Surface) =>
  surface === 'GEMINI' ? '/v1beta' : `/v1beta1/projects/${PROJECT}/locations/global`;

export const credentialsOf = (surface: Surface) =>
  surface === 'GEMINI' ? { 'x-goog-api-key': API_KEY } : { authorization: 'Bearer ya29.test-token' };

export const base64 = async (file: string) => (await readFile(file)).toString('base64');

/** Of `customer.clip('A fox wakes.')`. */
export const TELLING = 'The camera rests: A fox wakes.\nA fox wakes.\nNobody speaks.';
export const STYLE =
  'Style: cinematic live-action film, layered depth, motivated light, soft anamorphic glow, fine grain.';
export const CLIP_RULES = 'One continuous shot. No text, captions, logos or watermarks.';
export const FRAME_RULES =
  'One single frame that fills the picture. No text, captions, logos, borders or watermarks.';

/** What asks for a frame. */
export const frameRequest = (surface: Surface, parts: object[]) => ({
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

const FORMAT = { type: 'video', aspect_ratio: '16:9', duration: '5s', resolution: '720p' };

/** What asks Omni for a clip of five seconds. */
export const omniRequest = (surface: Surface, task: string, input: object[]) => ({
  method: 'POST',
  path: `${omniRoot(surface)}/interactions`,
  query: {},
  headers: expect.objectContaining(credentialsOf(surface)),
  body: {
    model: OMNI[surface],
    input,
    response_format:
      surface === 'GEMINI' ? { ...FORMAT, delivery: 'uri' } : [{ ...FORMAT, delivery: 'inline' }],
    generation_config: { video_config: { task } },
    background: true,
  },
});

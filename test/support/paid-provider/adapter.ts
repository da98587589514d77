import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { DomainError } from '../../../src/core/errors.ts';
import { probe } from '../../../src/media/read/probe.ts';
import { isRefusedInHand, throughRefusals } from '../../../src/platform/storage/refusals.ts';
import { animatic } from '../../../src/providers/animatic/index.ts';
import type { FilmProvider } from '../../../src/providers/adapter.ts';
import type { AspectRatio, Size } from '../../../src/providers/aspect-ratio.ts';
import type { CallOptions } from '../../../src/providers/capabilities/capability.ts';
import type { ClipOrder, ClipResult, RemoteClips } from '../../../src/providers/capabilities/clip.ts';
import type { KeyframeRequest } from '../../../src/providers/capabilities/keyframe.ts';
import type { Model } from '../../../src/providers/model.ts';
import type { RateLimit } from '../../../src/providers/rate-limit.ts';
import type { PaidCall } from '../../../src/providers/paid-call.ts';
import type { Price, PriceUnit, Quote, Receipt, Usage } from '../../../src/providers/price.ts';
import { ProviderError } from '../../../src/providers/provider-error.ts';
import { PaidClient } from './client.ts';

export type PaidProviderOptions = Partial<
  Pick<RemoteClips, 'pollSeconds' | 'maxPolls' | 'missingSeconds' | 'orderAnewSeconds' | 'keepsFilesHours'>
> & {
  /** How often it takes an order for a clip; as often as it is asked unless given. */
  clipLimit?: RateLimit;
  /** Seconds after which a call counts as unanswered; 10 unless said. */
  timeLimitSeconds?: number;
  /** Kills this process for certain at a point of such a call. */
  dieAt?: { call: PaidCall; point: 'BEFORE_CALL' | 'AFTER_ANSWER' };
};

/** What a storyboard uses here, whatever is asked. */
const TOKENS: Usage = { MILLION_INPUT_TOKENS: 0.001, MILLION_OUTPUT_TOKENS: 0.002 };

const price = (unit: PriceUnit, microUsd: number): Price => ({
  unit,
  microUsd,
  resolution: null,
  source: 'https://example.test/prices',
  asOf: '2026-11-01',
});

/** Prices like a vendor's: a storyboard is 0.9 cents, a picture 4 cents, a second of film 10 cents. */
const TEXT_MODEL: Model = {
  name: 'paid-text-1',
  prices: [price('MILLION_INPUT_TOKENS', 1_000_000), price('MILLION_OUTPUT_TOKENS', 4_000_000)],
};
const IMAGE_MODEL: Model = { name: 'paid-image-1', prices: [price('IMAGE', 40_000)] };
const FILM_MODEL: Model = { name: 'paid-film-1', prices: [price('SECOND', 100_000)] };

const quoteOf = (usage: Usage): Quote => ({ resolution: null, likely: usage, most: usage });

const receipt = (usage: Usage): Receipt => ({ usage, requestId: null });

const SIZES: Readonly<Record<AspectRatio, Size>> = {
  '16:9': { width: 320, height: 180 },
  '9:16': { width: 180, height: 320 },
  '1:1': { width: 240, height: 240 },
};

const { capabilities: able } = animatic;

/**
 * The provider that a paid test provider's server (`server.ts`) is.
 *
 * Named ANIMATIC, in whose place `installProvider` puts it: the database knows no other name yet.
 */
export function paidProvider(url: string, options: PaidProviderOptions = {}): FilmProvider {
  const {
    timeLimitSeconds = 10,
    clipLimit,
    pollSeconds = 0.5,
    maxPolls = 40,
    missingSeconds = 300,
    orderAnewSeconds = 0.2,
    keepsFilesHours = 48,
  } = options;
  const client = new PaidClient(url, timeLimitSeconds);
  const dieIfAt = async (call: PaidCall, point: 'BEFORE_CALL' | 'AFTER_ANSWER') => {
    if (options.dieAt?.call !== call || options.dieAt.point !== point) return;
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => {});
  };
  const mortal = async <Answer>(call: PaidCall, ask: () => Promise<Answer>): Promise<Answer> => {
    await dieIfAt(call, 'BEFORE_CALL');
    const answer = await ask();
    await dieIfAt(call, 'AFTER_ANSWER');
    return answer;
  };
  return {
    name: 'ANIMATIC',
    label: 'Paid test provider',
    // What tests ask the animatic for can be had of it, too; small, so that they are quick.
    capabilities: {
      STORYBOARD: {
        model: TEXT_MODEL,
        quote: () => quoteOf(TOKENS),
        styles: able.STORYBOARD.styles,
        call: ({ prompt, maxScenes }, _reservation, call) =>
          mortal('STORYBOARD', async () => ({
            answer: await client.askJson(
              post('storyboards', { subject: prompt, prompt, maxScenes }),
              z.unknown(),
              call,
            ),
            ...receipt(TOKENS),
          })),
      },
      KEYFRAME: {
        model: IMAGE_MODEL,
        quote: () => quoteOf({ IMAGE: 1 }),
        maxReferences: 0,
        call: (request, _reservation, call) => mortal('KEYFRAME', () => drawKeyframe(client, request, call)),
      },
      CLIP: {
        model: FILM_MODEL,
        quote: ({ durationSeconds }) => quoteOf({ SECOND: durationSeconds }),
        ...(clipLimit && { rateLimit: clipLimit }),
        aspectRatios: able.CLIP.aspectRatios,
        seconds: able.CLIP.seconds,
        sizes: SIZES,
        narration: false,
        maxReferences: 0,
        kind: 'OPERATION',
        submit: (request, _reservation, call) => mortal('CLIP', () => submit(client, request, call)),
        poll: (operationName, call) =>
          client.askJson({ method: 'GET', path: operationName, paid: false }, clipVerdict, call),
        download: (uri, toFile, call) => download(client, uri, toFile, call),
        async cancel(operationName, call) {
          const ask = { method: 'POST', path: `${operationName}/cancel`, body: {}, paid: false } as const;
          const { cancelled } = await client.askJson(ask, cancelAnswer, call);
          return cancelled ? FREE : null;
        },
        pollSeconds,
        maxPolls,
        missingSeconds,
        orderAnewSeconds,
        keepsFilesHours,
      },
    },
  };
}

/** By its rules: what it refused, what failed and what was cancelled costs nothing. */
const FREE = { usage: null, isFree: true };
const bill = z.object({ usage: z.null(), isFree: z.boolean() });

const keyframeAnswer = z.object({ png: z.base64() });
const clipAnswer = z.object({ name: z.string() });
const cancelAnswer = z.object({ cancelled: z.boolean() });
const clipVerdict = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('STILL_WORKING') }),
  z.object({ verdict: z.literal('FILM'), uri: z.string() }),
  z.object({
    verdict: z.literal('REFUSED_BY_SAFETY'),
    words: z.string(),
    refusedInput: z.literal('UNKNOWN'),
    bill,
  }),
  z.object({ verdict: z.literal('REFUSED_AS_ASKED'), words: z.string(), bill }),
]);

const post = (path: string, body: unknown) => ({ method: 'POST', path, body, paid: true }) as const;

/** The subject is the position and the scene: `END A fox wakes.` */
async function drawKeyframe(client: PaidClient, request: KeyframeRequest, options: CallOptions) {
  const { scene, position, fromFile, toFile } = request;
  const size = SIZES[scene.aspectRatio];
  const promptUsed = position === 'START' ? scene.startFramePrompt : scene.endFramePrompt;
  const order = {
    subject: `${position} ${scene.sceneDescription}`,
    prompt: promptUsed,
    fromPicture: fromFile === null ? null : await hashOf(fromFile),
    ...size,
  };
  const { png } = await client.askJson(post('keyframes', order), keyframeAnswer, options);
  // It is charged: one that cannot be written yet waits, as the real adapter's does.
  const write = () => writeFile(toFile, png, 'base64');
  await throughRefusals(write, { mayPass: isRefusedInHand, signal: options.signal });
  return { ...size, mimeType: 'image/png' as const, promptUsed, ...receipt({ IMAGE: 1 }) };
}

/** The subject is the scene. Its signal is a time limit: when that is reached, nobody knows whether the clip was bought. */
async function submit(client: PaidClient, clip: ClipOrder, options: CallOptions) {
  if ('references' in clip) throw new ProviderError('REFUSED', 'POST clips: frames are needed.');
  const { scene, startFrameFile, endFrameFile, durationSeconds } = clip;
  const order = {
    subject: scene.sceneDescription,
    prompt: `${scene.sceneDescription} ${scene.videoMotionPrompt}`,
    startPicture: await hashOf(startFrameFile),
    endPicture: await hashOf(endFrameFile),
    durationSeconds,
    ...SIZES[scene.aspectRatio],
  };
  try {
    const { name } = await client.askJson(post('clips', order), clipAnswer, options);
    return { operationName: name, requestId: name };
  } catch (error) {
    if (error instanceof ProviderError) throw error;
    throw new ProviderError('UNKNOWN', 'POST clips: no answer came in time.', { cause: error });
  }
}

async function download(
  client: PaidClient,
  uri: string,
  toFile: string,
  options: CallOptions,
): Promise<ClipResult> {
  const file = await client.ask({ method: 'GET', path: uri, paid: false }, options);
  try {
    await writeFile(toFile, file);
    const { durationSeconds } = await probe(toFile, options);
    return { durationSeconds };
  } catch (error) {
    await rm(toFile, { force: true });
    if (!(error instanceof DomainError) || error.code !== 'MEDIA_FAILED') throw error;
    throw new ProviderError('NOT_ACCEPTED', `GET ${uri}: the clip is damaged.`, { cause: error });
  }
}

/** What fails here fails before anything is asked for. */
async function hashOf(file: string): Promise<string> {
  const picture = await readFile(file).catch((cause: unknown) => {
    throw new ProviderError('NOT_ACCEPTED', 'A picture cannot be read.', { cause });
  });
  return createHash('sha256').update(picture).digest('hex');
}

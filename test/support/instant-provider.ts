/** A paid provider within the test's process that answers at once, as it is told: for what needs thousands of calls. */
import { writeFile } from 'node:fs/promises';
import { newId } from '../../src/core/ids.ts';
import { flows } from '../../src/features/pipelines/flows.ts';
import type { Flows } from '../../src/features/runs/engine/pipeline.ts';
import type { Stitched } from '../../src/media/stitch/stitch.ts';
import { animatic } from '../../src/providers/animatic/index.ts';
import type { ClipVerdict } from '../../src/providers/clip-verdict.ts';
import type { Price, PriceUnit, Quote, Usage } from '../../src/providers/price.ts';
import type { Reservation } from '../../src/providers/reservation.ts';
import type { FilmProvider } from '../../src/providers/adapter.ts';
import type { RateLimit } from '../../src/providers/rate-limit.ts';
import { type FailureOutcome, ProviderError } from '../../src/providers/provider-error.ts';
import { changed } from './changed.ts';

export type Purchase = { operationName: string; subject: string };

export type InstantProvider = {
  adapter: FilmProvider;
  /** Every clip that was bought, in order; its subject is the scene's motion prompt. */
  purchases: Purchase[];
  /** What the next submit does instead of selling: `bought` says whether it sold all the same. */
  failSubmit: { outcome: FailureOutcome; bought: boolean } | null;
  /** Whether the next download is refused: there is nothing at its address. */
  refuseDownload: boolean;
  /** What the next poll answers. */
  answer: ClipVerdict;
  cancelled: string[];
  /** Polls made, by operation. */
  polls: Map<string, number>;
  /** What the next storyboard or frame comes to. */
  failCall: { outcome: FailureOutcome; bought: boolean } | null;
  /** What was charged for each call, by the key of its reservation; micro-USD. Only where it is `paid`. */
  books: Map<string, number>;
};

const price = (unit: PriceUnit, microUsd: number): Price => ({
  unit,
  microUsd,
  resolution: null,
  source: 'https://example.test/prices',
  asOf: '2026-11-01',
});

/** Each call costs one of something: what it is of does not matter here. */
const ONE: Usage = { IMAGE: 1 };
const QUOTE: Quote = { resolution: null, likely: ONE, most: ONE };
const paying = (name: string, microUsd: number) => ({
  model: { name, prices: [price('IMAGE', microUsd)] },
  quote: () => QUOTE,
});
const { STORYBOARD, KEYFRAME, CLIP } = animatic.capabilities;

const DONE: ClipVerdict = { verdict: 'FILM', uri: 'instant:clip' };

/** Makes one; `installProvider(provider.adapter)` puts it in the animatic's place. */
export function instantProvider(
  options: { clipLimit?: RateLimit; pollSeconds?: number; paid?: boolean } = {},
): InstantProvider {
  const usage = options.paid ? ONE : {};
  const operations = new Map<string, string>();
  const filmed = new Set<string>();
  const refund = (operationName: string) => provider.books.set(operations.get(operationName) ?? '', 0);
  const provider: InstantProvider = {
    adapter: {
      ...animatic,
      capabilities: {
        STORYBOARD: {
          ...STORYBOARD,
          ...(options.paid && paying('instant-text', 9_000)),
          async call(request, reservation, call) {
            charge(provider, reservation);
            return { ...(await STORYBOARD.call(request, reservation, call)), usage };
          },
        },
        KEYFRAME: {
          ...KEYFRAME,
          ...(options.paid && paying('instant-image', 40_000)),
          async call({ toFile }, reservation) {
            charge(provider, reservation);
            await writeFile(toFile, 'picture');
            return {
              width: 1_280,
              height: 720,
              mimeType: 'image/png',
              promptUsed: 'p',
              usage,
              requestId: null,
            };
          },
        },
        CLIP: {
          ...CLIP,
          ...(options.paid && paying('instant-film', 400_000)),
          ...(options.clipLimit && { rateLimit: options.clipLimit }),
          kind: 'OPERATION',
          pollSeconds: options.pollSeconds ?? 0,
          maxPolls: 40,
          missingSeconds: 300,
          orderAnewSeconds: 1,
          keepsFilesHours: 48,
          async submit({ scene }, reservation) {
            const failure = provider.failSubmit;
            provider.failSubmit = null;
            const operationName = `operations/${provider.purchases.length + 1}`;
            if (!failure || failure.bought) {
              provider.purchases.push({ operationName, subject: scene.videoMotionPrompt });
              provider.books.set(reservation.operationKey, reservation.microUsd);
              operations.set(operationName, reservation.operationKey);
            }
            if (failure) throw new ProviderError(failure.outcome, 'as the test wants it');
            return { operationName, requestId: null };
          },
          async poll(operationName) {
            const { verdict } = provider.answer;
            if (verdict === 'FILM') filmed.add(operationName);
            // What was there once stays sold, whatever is said later.
            const isRefused = verdict === 'REFUSED_BY_SAFETY' || verdict === 'REFUSED_AS_ASKED';
            if (isRefused && !filmed.has(operationName)) refund(operationName);
            provider.polls.set(operationName, 1 + (provider.polls.get(operationName) ?? 0));
            return isRefused ? { ...provider.answer, bill: { usage: null, isFree: true } } : provider.answer;
          },
          async download(_uri, toFile) {
            const isRefused = provider.refuseDownload;
            provider.refuseDownload = false;
            if (isRefused) throw new ProviderError('REFUSED', 'There is no such file.');
            await writeFile(toFile, 'film');
            return { durationSeconds: 4 };
          },
          async cancel(operationName) {
            provider.cancelled.push(operationName);
            refund(operationName);
            return { usage: null, isFree: true };
          },
        },
      },
    },
    purchases: [],
    failSubmit: null,
    refuseDownload: false,
    answer: DONE,
    cancelled: [],
    polls: new Map(),
    failCall: null,
    books: new Map(),
  };
  return provider;
}

function charge(provider: InstantProvider, { operationKey, microUsd }: Reservation): void {
  const failure = provider.failCall;
  provider.failCall = null;
  if (!failure || failure.bought) provider.books.set(operationKey, microUsd);
  if (failure) throw new ProviderError(failure.outcome, 'as the test wants it');
}

/** One that renders here, at once: for what counts steps and not purchases. */
export const instantRenderer: FilmProvider = changed(instantProvider().adapter, {
  CLIP: {
    kind: 'LOCAL',
    async render({ toFile }) {
      await writeFile(toFile, 'film');
      return { durationSeconds: 4 };
    },
  },
});

const STITCHED: Stitched = {
  durationSeconds: 4,
  fileSizeBytes: 4,
  width: 320,
  height: 180,
  frameRate: 24,
  videoCodec: 'h264',
  audioCodec: 'aac',
  audioSeconds: 4,
  sampleRate: 48_000,
  channels: 2,
  signature: '',
  method: 'COPY',
  clipStartsSeconds: [0],
  crossfadesSeconds: [],
  chapters: [],
  fittings: ['WHOLE'],
};

/** The product's flows, but stitching writes no film: it would take a second of CPU. */
export const instantFlows: Flows = {
  ...flows,
  steps: flows.steps.map((step) => (step.name === 'stitch' ? { ...step, work: stitchNothing } : step)),
};

async function stitchNothing() {
  const id = newId();
  return {
    id,
    filePath: `${id}.mp4`,
    posterPath: `${id}.jpg`,
    stitched: STITCHED,
    shortened: null,
    fitted: [],
  };
}

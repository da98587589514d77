/** A paid provider within the test's process that answers at once, as it is told: for what needs thousands of calls. */
import { writeFile } from 'node:fs/promises';
import { newId } from '../../src/core/ids.ts';
import { flows } from '../../src/features/pipelines/flows.ts';
import type { Flows } from '../../src/features/runs/pipeline.ts';
import type { Probe } from '../../src/media/probe.ts';
import { animatic } from '../../src/providers/animatic/index.ts';
import type { ClipOperation, ProviderAdapter, RateLimit } from '../../src/providers/provider.ts';
import { type CallOutcome, ProviderError } from '../../src/providers/provider-error.ts';

export type Purchase = { operationName: string; subject: string };

export type InstantProvider = {
  adapter: ProviderAdapter;
  /** Every clip that was bought, in order; its subject is the scene's motion prompt. */
  purchases: Purchase[];
  /** What the next submit does instead of selling: `bought` says whether it sold all the same. */
  failSubmit: { outcome: CallOutcome; bought: boolean } | null;
  /** What the next poll answers. */
  answer: ClipOperation;
  cancelled: string[];
  /** Polls made, by operation. */
  polls: Map<string, number>;
};

const DONE: ClipOperation = { state: 'DONE', uri: 'instant:clip' };

/** Makes one; `installProvider(provider.adapter)` puts it in the animatic's place. */
export function instantProvider(
  options: { clipLimit?: RateLimit; pollSeconds?: number } = {},
): InstantProvider {
  const provider: InstantProvider = {
    adapter: {
      ...animatic,
      rateLimits: options.clipLimit ? { CLIP: options.clipLimit } : {},
      async drawKeyframe({ toFile }) {
        await writeFile(toFile, 'picture');
        return {
          width: 320,
          height: 180,
          mimeType: 'image/png',
          promptUsed: 'p',
          usage: {},
          requestId: null,
        };
      },
      clips: {
        kind: 'OPERATION',
        pollSeconds: options.pollSeconds ?? 0,
        maxPolls: 40,
        submit: async ({ scene }) => sell(provider, scene.videoMotionPrompt),
        async poll(operationName) {
          provider.polls.set(operationName, 1 + (provider.polls.get(operationName) ?? 0));
          return provider.answer;
        },
        async download(_uri, toFile) {
          await writeFile(toFile, 'film');
          return { durationSeconds: 4 };
        },
        async cancel(operationName) {
          provider.cancelled.push(operationName);
          return true;
        },
      },
    },
    purchases: [],
    failSubmit: null,
    answer: DONE,
    cancelled: [],
    polls: new Map(),
  };
  return provider;
}

function sell(provider: InstantProvider, subject: string): { operationName: string; requestId: null } {
  const failure = provider.failSubmit;
  provider.failSubmit = null;
  const operationName = `operations/${provider.purchases.length + 1}`;
  if (!failure || failure.bought) provider.purchases.push({ operationName, subject });
  if (failure) throw new ProviderError(failure.outcome, 'as the test wants it');
  return { operationName, requestId: null };
}

/** One that renders here, at once: for what counts steps and not purchases. */
export const instantRenderer: ProviderAdapter = {
  ...instantProvider().adapter,
  clips: {
    kind: 'LOCAL',
    async render({ toFile }) {
      await writeFile(toFile, 'film');
      return { durationSeconds: 4 };
    },
  },
};

const MEASURED: Probe = {
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
};

/** The product's flows, but stitching writes no film: it would take a second of CPU. */
export const instantFlows: Flows = {
  ...flows,
  steps: flows.steps.map((step) => (step.name === 'stitch' ? { ...step, work: stitchNothing } : step)),
};

async function stitchNothing() {
  const id = newId();
  return { id, filePath: `${id}.mp4`, posterPath: `${id}.jpg`, measured: MEASURED, chapters: [] };
}

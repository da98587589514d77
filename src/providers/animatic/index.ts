import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TimedWord } from '../../text/timed-words.ts';
import { DomainError } from '../../core/errors.ts';
import type { Finding } from '../../core/finding.ts';
import { KilledChild } from '../../media/child/death.ts';
import { siblingScript } from '../../media/child/child.ts';
import { WarmChildren } from '../../media/child/warm-children.ts';
import type { KeyframeRequest, KeyframeResult } from '../capabilities/keyframe.ts';
import type { Reservation } from '../reservation.ts';
import type { FilmProvider } from '../adapter.ts';
import type { AspectRatio, Size } from '../aspect-ratio.ts';
import type { CallOptions } from '../capabilities/capability.ts';
import type { ClipRequest, RenderedClip, VoiceOrder } from '../capabilities/clip.ts';
import type { Model } from '../model.ts';
import type { Quote, Receipt } from '../price.ts';
import { STYLES } from './art/recipe.ts';
import { speechOf } from './storyboard/narration.ts';
import { writeStoryboard } from './storyboard/storyboard.ts';
import type { StudioJob } from './studio-job.ts';

const SIZES: Readonly<Record<AspectRatio, Size>> = {
  '16:9': { width: 1280, height: 720 },
  '9:16': { width: 720, height: 1280 },
  '1:1': { width: 720, height: 720 },
};

const FREE_MODEL: Model = { name: 'animatic', prices: [] };

/** Costs nothing but time. On two cores, 2026-11-22, a second of clip took 0.4 s alone and 1.7 s beside much other work. */
const taking = (seconds: number): Quote => ({ resolution: null, likely: {}, most: {}, seconds });
const STORYBOARD_SECONDS = 0.3;
const KEYFRAME_SECONDS = 0.8;
const SECONDS_PER_CLIP_SECOND = 1;

/** The longest clip takes 15 on a slow machine; a job that needs this much is stuck. */
const JOB_CPU_SECONDS = 300;

const studio = new WarmChildren(siblingScript(import.meta.url, 'studio.child'), {
  cpuSeconds: JOB_CPU_SECONDS,
});

/**
 * Makes preview films on this machine, without a network and at no cost: the same words give the
 * same frames. Drawing and encoding run in child processes.
 */
export const animatic: FilmProvider = {
  name: 'ANIMATIC',
  label: 'Animatic (offline preview)',
  capabilities: {
    STORYBOARD: {
      model: FREE_MODEL,
      quote: () => taking(STORYBOARD_SECONDS),
      styles: STYLES,
      writesByRules: true,
      async call(request, _reservation, { signal }) {
        signal.throwIfAborted();
        return { answer: writeStoryboard(request), usage: {}, requestId: null };
      },
    },
    KEYFRAME: {
      model: FREE_MODEL,
      quote: () => taking(KEYFRAME_SECONDS),
      maxReferences: 0,
      call: drawKeyframe,
    },
    CLIP: {
      kind: 'LOCAL',
      model: FREE_MODEL,
      quote: ({ durationSeconds }) => taking(durationSeconds * SECONDS_PER_CLIP_SECOND),
      aspectRatios: ['16:9', '9:16', '1:1'],
      seconds: { min: 1, max: 15 },
      sizes: SIZES,
      narration: true,
      maxReferences: 0,
      speak: speechOf,
      voice: { language: 'en', timesOf },
      render: renderClip,
    },
  },
  check: async () => [await checkFonts()],
};

async function drawKeyframe(
  request: KeyframeRequest,
  _reservation: Reservation,
  options: CallOptions,
): Promise<KeyframeResult & Receipt> {
  const size = SIZES[request.scene.aspectRatio];
  await inStudio<void>({ kind: 'keyframe', ...request, size }, options);
  const { startFramePrompt, endFramePrompt } = request.scene;
  return {
    ...size,
    mimeType: 'image/png',
    promptUsed: request.position === 'START' ? startFramePrompt : endFramePrompt,
    usage: {},
    requestId: null,
  };
}

async function checkFonts(): Promise<Finding> {
  // Loaded here: it brings the canvas along, which only drawing needs.
  const { missingFonts } = await import('../../media/fonts/faces.ts');
  const missing = missingFonts();
  if (missing.length === 0) return { name: 'fonts', state: 'OK', detail: 'All are there.' };
  const detail = `${missing.join(', ')} missing; install the packages again (npm install).`;
  return { name: 'fonts', state: 'PROBLEM', detail };
}

async function renderClip(request: ClipRequest, options: CallOptions): Promise<RenderedClip> {
  const size = SIZES[request.scene.aspectRatio];
  const workDirectory = await mkdtemp(join(dirname(request.toFile), 'voice-'));
  try {
    return await inStudio<RenderedClip>({ kind: 'clip', ...request, size, workDirectory }, options);
  } finally {
    await rm(workDirectory, { recursive: true, force: true });
  }
}

async function timesOf(order: VoiceOrder, options: CallOptions): Promise<TimedWord[]> {
  const workDirectory = await mkdtemp(join(tmpdir(), 'vidpipe-voice-'));
  try {
    return await studio.run<TimedWord[]>(
      { kind: 'voice', ...order, workDirectory } satisfies StudioJob,
      options,
    );
  } finally {
    await rm(workDirectory, { recursive: true, force: true });
  }
}

/** Runs a job that writes a file; half a file is no file. */
async function inStudio<Result>(
  job: Exclude<StudioJob, { kind: 'voice' }>,
  options: CallOptions,
): Promise<Result> {
  try {
    return await studio.run<Result>(job, options);
  } catch (error) {
    await rm(job.toFile, { force: true });
    // Who was killed by somebody says nothing of the job.
    if (!(error instanceof DomainError) || error.code !== 'MEDIA_FAILED' || error instanceof KilledChild)
      throw error;
    throw new DomainError('PROVIDER_FAILED', error.message, { cause: error });
  }
}

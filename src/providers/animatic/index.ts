import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DomainError } from '../../core/errors.ts';
import { runInChild, siblingScript } from '../../media/child.ts';
import type {
  AspectRatio,
  CallOptions,
  Capabilities,
  ClipRequest,
  ClipResult,
  ProviderAdapter,
  Size,
} from '../provider.ts';
import { STYLES } from './art/recipe.ts';
import type { ClipJob } from './clip/render.ts';
import type { KeyframeJob } from './keyframe.ts';
import { writeStoryboard } from './storyboard/storyboard.ts';

const SIZES: Readonly<Record<AspectRatio, Size>> = {
  '16:9': { width: 1280, height: 720 },
  '9:16': { width: 720, height: 1280 },
  '1:1': { width: 720, height: 720 },
};

const capabilities: Capabilities = {
  styles: STYLES,
  aspectRatios: ['16:9', '9:16', '1:1'],
  clipSeconds: { min: 1, max: 15 },
  sizes: SIZES,
  narration: true,
};

/** A frame takes a third of a second; a child that needs this long is stuck. */
const KEYFRAME_CPU_SECONDS = 60;
/** A second of film takes less than one of CPU on a slow machine; this is for a stuck encoder. */
const CLIP_CPU_SECONDS_PER_SECOND = 30;

/**
 * Makes preview films on this machine, without a network and at no cost: the same words give the
 * same frames. Drawing and encoding run in child processes.
 */
export const animatic: ProviderAdapter = {
  name: 'ANIMATIC',
  label: 'Animatic (offline preview)',
  capabilities,
  async writeStoryboard(request, { signal }) {
    signal.throwIfAborted();
    return writeStoryboard(request);
  },
  async drawKeyframe(request, { signal }) {
    const size = SIZES[request.scene.aspectRatio];
    const job: KeyframeJob = { ...request, size };
    await inChild<void>('keyframe.child', job, request.toFile, KEYFRAME_CPU_SECONDS, { signal });
    const { startFramePrompt, endFramePrompt } = request.scene;
    return {
      ...size,
      mimeType: 'image/png',
      promptUsed: request.position === 'START' ? startFramePrompt : endFramePrompt,
    };
  },
  async renderClip(request, options) {
    const workDirectory = await mkdtemp(join(dirname(request.toFile), 'voice-'));
    try {
      return await inChild<ClipResult>(
        'clip.child',
        clipJob(request, workDirectory),
        request.toFile,
        CLIP_CPU_SECONDS_PER_SECOND * (request.durationSeconds + 1),
        options,
      );
    } finally {
      await rm(workDirectory, { recursive: true, force: true });
    }
  },
};

const clipJob = (request: ClipRequest, workDirectory: string): ClipJob => ({
  ...request,
  size: SIZES[request.scene.aspectRatio],
  workDirectory,
});

/** Runs a job that writes `toFile`; half a file is no file. */
async function inChild<Result>(
  script: string,
  job: unknown,
  toFile: string,
  cpuSeconds: number,
  { signal, onProgress }: CallOptions,
): Promise<Result> {
  try {
    return await runInChild<Result>(siblingScript(import.meta.url, script), job, {
      signal,
      onProgress,
      cpuSeconds,
    });
  } catch (error) {
    await rm(toFile, { force: true });
    if (!(error instanceof DomainError) || error.code !== 'MEDIA_FAILED') throw error;
    throw new DomainError('PROVIDER_FAILED', error.message, { cause: error });
  }
}

/** Who goes first where a provider allows few calls or workers are few; by the provider's own record of its calls. */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { cancelRun } from '../../src/features/pipelines/control/control.ts';
import { generateFilm } from '../../src/features/pipelines/confirm/launch.ts';
import { inRateSlot } from '../../src/features/runs/engine/rate-slot.ts';
import type { RunPriority } from '../../src/generated/prisma/client.ts';
import { openLog } from '../../src/platform/log.ts';
import { animatic } from '../../src/providers/animatic/index.ts';
import type { RateLimit } from '../../src/providers/rate-limit.ts';
import { installProvider } from '../../src/providers/registry.ts';
import { startWorker, type Worker } from '../../src/worker/worker.ts';
import { changed, remoteClips } from '../support/changed.ts';
import { instantProvider } from '../support/instant-provider.ts';
import { sleep } from '../support/paid-film.ts';
import { makeStoryboard } from '../support/paid-provider/wares.ts';
import { runEnd } from '../support/run-end.ts';
import { useTestPlatform } from '../support/test-platform.ts';
import { projectIdOf } from '../../src/features/projects/project-runs.ts';

let colleague: Worker;
const platform = useTestPlatform({ workers: 2 });
beforeAll(async () => {
  colleague = await startWorker(platform.ctx, { concurrency: 2, log: openLog('fatal') });
});
afterAll(async () => {
  await colleague.close();
  installProvider(animatic);
});

type CallRecord = { subject: string; began: number; ended: number };

/** A provider that keeps a record of its calls, in the order in which they came. */
function recording(clipLimit?: RateLimit) {
  const { adapter } = instantProvider({ pollSeconds: 0.5 });
  const { KEYFRAME } = adapter.capabilities;
  const clips = remoteClips(adapter);
  const record = { frames: [] as CallRecord[], clips: [] as CallRecord[] };
  const during = async <Answer>(calls: CallRecord[], subject: string, answer: () => Promise<Answer>) => {
    const call = { subject, began: performance.now(), ended: Infinity };
    calls.push(call);
    try {
      return await answer();
    } finally {
      call.ended = performance.now();
    }
  };
  const recorder = changed(adapter, {
    STORYBOARD: {
      call: async ({ prompt, maxScenes }) => ({
        answer: makeStoryboard(prompt, maxScenes),
        usage: {},
        requestId: null,
      }),
    },
    KEYFRAME: {
      call: (request, reservation, options) =>
        during(record.frames, `${request.position} ${request.scene.sceneDescription}`, async () => {
          await sleep(20);
          return KEYFRAME.call(request, reservation, options);
        }),
    },
    CLIP: {
      ...(clipLimit && { rateLimit: clipLimit }),
      submit: (request, reservation, options) =>
        during(record.clips, request.scene.sceneDescription, () =>
          clips.submit(request, reservation, options),
        ),
    },
  });
  installProvider(recorder);
  return record;
}

/** Launches a film as far as its clips; each of its scenes begins with its name. */
async function launch(name: string, scenes: number, priority: RunPriority = 'INTERACTIVE') {
  const sentences = Array.from({ length: scenes }, (_, index) => `${name} walks past hill ${index + 1}.`);
  const { run } = await generateFilm(platform.ctx, {
    prompt: sentences.join(' '),
    targetClipDuration: 4,
    targetDuration: 4 * scenes,
    stopAfter: 'CLIPS',
    crossfadeSeconds: 0,
    priority,
    idempotencyKey: null,
  });
  return run.id;
}

/** Waits until a run's frames are drawn: what is left is to buy its clips. */
async function framesDrawn(runId: string, scenes: number): Promise<void> {
  const projectId = projectIdOf(await platform.db.pipelineRun.findUniqueOrThrow({ where: { id: runId } }));
  const drawn = () =>
    platform.db.keyframe.count({ where: { scene: { projectId }, position: 'END', supersededAt: null } });
  await expect.poll(drawn, { timeout: 20_000, interval: 20 }).toBe(scenes);
}

const ended = (...runIds: string[]) => Promise.all(runIds.map((id) => runEnd(platform.ctx, id)));

/** The shortest stretch, in seconds, in which so many calls came one after another. */
function shortestStretch(calls: CallRecord[], count: number): number {
  const times = calls.map(({ began }) => began);
  const stretches = times.slice(count - 1).map((time, index) => time - (times[index] ?? 0));
  return Math.min(...stretches) / 1_000;
}

/** Lets the first clips wait for their frames, as where the storage is far away. */
function slowFrames(clips: number, milliseconds: number): void {
  const { storage } = platform;
  const lend = storage.withFiles.bind(storage);
  let left = clips;
  storage.withFiles = async (keys, use) => {
    if (keys.length === 2 && (left -= 1) >= 0) await sleep(milliseconds);
    return lend(keys, use);
  };
  onTestFinished(() => {
    storage.withFiles = lend;
  });
}

test(
  'no two seconds have more than the three clips that a provider allows in them, over all workers',
  { tags: 'long' },
  async () => {
    const { clips } = recording({ calls: 3, seconds: 2 });
    await ended(await launch('Ann', 3), await launch('Ada', 3));
    expect(clips).toHaveLength(6);
    expect(shortestStretch(clips, 4)).toBeGreaterThanOrEqual(2);
  },
);

test(
  'no two seconds have more than the one clip allowed where its frames take their time to come',
  { tags: 'long' },
  async () => {
    slowFrames(1, 1_900);
    const { clips } = recording({ calls: 1, seconds: 2 });
    await ended(await launch('Amy', 2));
    expect(clips).toHaveLength(2);
    expect(shortestStretch(clips, 2)).toBeGreaterThanOrEqual(2);
  },
);

test('a turn counts from when its call began, also where the database took its time', async () => {
  const slot = { id: newId(), provider: 'ANIMATIC', call: 'CLIP' } as const;
  const locked = Promise.withResolvers<void>();
  const busy = platform.db.$transaction(async (tx) => {
    await tx.$executeRaw`LOCK TABLE provider_calls IN EXCLUSIVE MODE`;
    locked.resolve();
    await sleep(200);
  });
  await locked.promise;
  const began = await inRateSlot(platform.ctx, slot, () => Promise.resolve(new Date()));
  await busy;
  const { startedAt } = await platform.db.providerCall.delete({ where: { id: slot.id } });
  expect(Math.abs(startedAt.getTime() - began.getTime())).toBeLessThan(100);
});

/** Launches a film that has many clips to buy, then one of two scenes; tells who bought since both of those were ready. */
async function race(many: { scenes: number; priority: RunPriority }) {
  const { clips } = recording({ calls: 3, seconds: 2 });
  const big = await launch('Big', many.scenes, many.priority);
  await framesDrawn(big, many.scenes);
  const small = await launch('Fox', 2);
  await framesDrawn(small, 2);
  const before = clips.length;
  const names = () => clips.map(({ subject }) => subject.slice(0, 3));
  await expect.poll(() => names().filter((name) => name === 'Fox').length, { timeout: 30_000 }).toBe(2);
  await cancelRun(platform.ctx, { runId: big });
  await ended(small);
  return names().slice(before, names().lastIndexOf('Fox'));
}

test('a big project that came first does not keep a small one waiting', { tags: 'long' }, async () => {
  const others = (await race({ scenes: 15, priority: 'INTERACTIVE' })).filter((name) => name === 'Big');
  // A window's that were on their way, and its share of the two windows after that; all fifteen if it were first come, first served.
  expect(others.length).toBeLessThanOrEqual(6);
});

test('a run for which a person waits goes before a batch', { tags: 'long' }, async () => {
  const batch = (await race({ scenes: 12, priority: 'BATCH' })).filter((name) => name === 'Big');
  // Those that had taken their turns when the small one became ready: a window's at most.
  expect(batch.length).toBeLessThanOrEqual(3);
});

test('the keyframes of a project are drawn one after another, in order, whoever is free', async () => {
  const { frames } = recording();
  await ended(await launch('Fay', 6));
  const expected = Array.from({ length: 6 }, (_, index) => `END Fay walks past hill ${index + 1}.`);
  expect(frames.map(({ subject }) => subject)).toEqual(['START Fay walks past hill 1.', ...expected]);
  for (const [index, { began }] of frames.slice(1).entries())
    expect(began).toBeGreaterThanOrEqual(frames[index]?.ended ?? Infinity);
});

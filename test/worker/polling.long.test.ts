/** Waiting for a provider holds no worker: hundreds of clips are asked about on time by one that does four steps at once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { generateFilm } from '../../src/features/pipelines/confirm/launch.ts';
import type { Prisma } from '../../src/generated/prisma/client.ts';
import { LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';
import { animatic } from '../../src/providers/animatic/index.ts';
import type { ClipVerdict } from '../../src/providers/clip-verdict.ts';
import type { FilmProvider } from '../../src/providers/adapter.ts';
import { installProvider } from '../../src/providers/registry.ts';
import { changed } from '../support/changed.ts';
import { instantProvider } from '../support/instant-provider.ts';
import { sleep } from '../support/paid-film.ts';
import { runEnd } from '../support/run-end.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const CLIPS = 200;
const SCENES = 10;
const POLL_SECONDS = 2;
/** How late a poll may be, in seconds, where a timer is on time. */
const TOLERANCE_SECONDS = 1.5;
const WATCHED_SECONDS = 10;

const waiting = Array.from({ length: CLIPS }, (_, index) => `waiting/${index}`);
/** When each operation was asked about, in milliseconds. */
const polls = new Map<string, number[]>();

/** Clips that are bought are done at once; those that wait never are. */
async function poll(operationName: string): Promise<ClipVerdict> {
  polls.set(operationName, [...(polls.get(operationName) ?? []), performance.now()]);
  return operationName.startsWith('waiting/')
    ? { verdict: 'STILL_WORKING' }
    : { verdict: 'FILM', uri: 'instant:clip' };
}

function slowProvider(): FilmProvider {
  const { adapter } = instantProvider({ pollSeconds: POLL_SECONDS });
  return changed(adapter, { CLIP: { poll } });
}

beforeAll(() => {
  installProvider(slowProvider());
});
const platform = useTestPlatform({ workers: 4 });
afterAll(() => {
  installProvider(animatic);
});

/** Projects whose runs wait for all of their clips, as after the clips were bought. */
async function seedWaitingVideoClips(): Promise<void> {
  const projects: Prisma.ProjectCreateManyInput[] = [];
  const runs: Prisma.PipelineRunCreateManyInput[] = [];
  const scenes: Prisma.SceneCreateManyInput[] = [];
  const clips: Prisma.VideoClipCreateManyInput[] = [];
  const workspaceId = LOCAL_WORKSPACE_ID;
  for (const [index, operationName] of waiting.entries()) {
    const sceneIndex = index % SCENES;
    if (sceneIndex === 0) {
      const id = newId();
      projects.push({ id, workspaceId, title: 'Waiting', prompt: 'A prompt.', status: 'GENERATING_VIDEO' });
      runs.push({ id: newId(), workspaceId, projectId: id, kind: 'FILM', status: 'RUNNING', stage: 'CLIPS' });
    }
    const projectId = projects.at(-1)?.id ?? '';
    const sceneId = newId();
    scenes.push({ id: sceneId, projectId, sceneIndex, status: 'VIDEO_GENERATING', ...WORDS });

    clips.push({ id: newId(), sceneId, operationName, status: 'SUBMITTED', nextPollAt: new Date() });
  }
  await platform.db.project.createMany({ data: projects });
  await platform.db.pipelineRun.createMany({ data: runs });
  await platform.db.scene.createMany({ data: scenes });
  await platform.db.videoClip.createMany({ data: clips });
}

const WORDS = {
  sceneDescription: 'A scene.',
  startFramePrompt: 'Start.',
  endFramePrompt: 'End.',
  videoMotionPrompt: 'Motion.',
  transitionNotes: 'Cut.',
};

/** The longest that any of the clips was not asked about between two moments, in seconds. */
function longestSilence(from: number, to: number): number {
  const silences = waiting.flatMap((operationName) => {
    const times = (polls.get(operationName) ?? []).filter((time) => time > from && time < to);
    const moments = [from, ...times, to];
    return moments.slice(1).map((time, index) => time - (moments[index] ?? 0));
  });
  return Math.max(...silences) / 1_000;
}

/** A poll is claimed, asked and written: what is late three times over, each as late as a timer. */
const LATE_STEPS = 3;

const TIMER_MS = 50;

/** How late the latest of many timers came, in seconds: what other work on the machine costs whoever waits. */
async function latenessOfTimers(seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1_000;
  let latest = 0;
  for (let due = performance.now(); due < end; due = performance.now()) {
    await sleep(TIMER_MS);
    latest = Math.max(latest, performance.now() - due - TIMER_MS);
  }
  return latest / 1_000;
}

test(
  '200 clips that wait are asked about on time by one worker, and another run does its steps meanwhile',
  { timeout: 120_000 },
  async () => {
    await seedWaitingVideoClips();
    // What a process does for the first time takes it longer.
    await expect.poll(() => polls.size, { timeout: 50_000 }).toBe(CLIPS);
    const from = performance.now();
    const { run } = await generateFilm(platform.ctx, {
      prompt: 'A lighthouse wakes at dusk. A ship finds its way home.',
      targetClipDuration: 4,
      targetDuration: 8,
      stopAfter: 'CLIPS',
      crossfadeSeconds: 0,
      idempotencyKey: null,
    });
    const [ended, lateness] = await Promise.all([
      runEnd(platform.ctx, run.id),
      latenessOfTimers(WATCHED_SECONDS),
    ]);

    const most = POLL_SECONDS + TOLERANCE_SECONDS + LATE_STEPS * lateness;
    expect(longestSilence(from, performance.now())).toBeLessThanOrEqual(most);
    expect(ended).toMatchObject({ status: 'COMPLETED', errorCode: null });
    expect(Number(ended.totalDurationSeconds)).toBeLessThan(WATCHED_SECONDS);
  },
);

/** Stopping a run by hand while its clips are with the provider, or on their way there. */
import { existsSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import {
  cancelRun,
  pauseRun,
  resumeProject,
  resumeRun,
} from '../../src/features/pipelines/control/control.ts';
import { animatic } from '../../src/providers/animatic/index.ts';
import { installProvider } from '../../src/providers/registry.ts';
import {
  childrenRunning,
  clipsInProgress,
  usePaidStudio,
  type PaidFilm,
  sleep,
} from '../support/paid-film.ts';

const POLL_SECONDS = 0.2;

const studio = usePaidStudio({ pollSeconds: POLL_SECONDS, maxPolls: 1_000 });
beforeEach(() => studio.server.settings({ operationMs: 200, cancels: true }));

const ctx = () => studio.platform.ctx;
const cancel = (film: PaidFilm) => cancelRun(ctx(), film);
const pause = (film: PaidFilm) => pauseRun(ctx(), film);
const resumed = async (film: PaidFilm) =>
  film.follow(await resumeProject(ctx(), { projectId: film.projectId })).end();

/** The answer of the first poll may have come too late to be written. */
const AT_PROVIDER = { status: expect.stringMatching(/^(SUBMITTED|POLLING)$/) };

const SOON = { timeout: 20_000, interval: 25 };

/** Waits until the provider was asked about each clip. */
async function isAtProvider(film: PaidFilm, clips: number): Promise<void> {
  const asked = async () => (await film.bought('CLIP')).filter(({ polls }) => polls > 0).length;
  await expect.poll(asked, SOON).toBe(clips);
}

/** How often the provider is asked about a clip within several times the time between two polls. */
async function pollsMeanwhile(film: PaidFilm): Promise<number> {
  // Those that were on their way.
  await sleep(500);
  const { polls: before } = await film.onlyClip(1);
  await sleep(POLL_SECONDS * 1_000 * 6);
  return (await film.onlyClip(1)).polls - before;
}

/** Launches a film whose only clip the provider has accepted without having said so yet. */
async function onItsWay(delayMs: number): Promise<PaidFilm> {
  const film = studio.film({ scenes: 1 });
  await film.fault('SUBMIT', 1, { kind: 'SLOW', delayMs });
  await film.launch();
  await expect.poll(async () => (await film.bought('CLIP')).length, SOON).toBe(1);
  expect(await film.clip(1)).toMatchObject({ status: 'SUBMITTING', operationName: null });
  return film;
}

test.concurrent(
  'a cancelled run has its clips cancelled at the provider, and the next one buys others',
  { tags: 'long' },
  async () => {
    const film = studio.film();
    await film.fault('SUBMIT', 1, { kind: 'ENDS', end: 'NEVER' });
    await film.fault('SUBMIT', 2, { kind: 'ENDS', end: 'NEVER' });
    await film.launch();
    await isAtProvider(film, 2);
    expect(await cancel(film)).toMatchObject({ status: 'CANCELLED' });
    expect(await film.project()).toMatchObject({ status: 'CANCELLED' });
    const states = async () => (await film.bought('CLIP')).map(({ state }) => state);
    await expect.poll(states, SOON).toEqual(['CANCELLED', 'CANCELLED']);

    const clips = async () => [(await film.clip(1))?.status, (await film.clip(2))?.status];
    await expect.poll(clips, SOON).toEqual(['FAILED', 'FAILED']);
    expect(await film.clip(1)).toMatchObject({ errorMessage: 'Cancelled at the provider.' });
    expect(await film.scene(1)).toMatchObject({ status: 'KEYFRAMES_DONE' });
    const message = 'Clip of scene 1 is FAILED: Cancelled at the provider.';
    expect(await film.events('ERROR')).toContainEqual(expect.objectContaining({ message }));

    expect(await resumed(film)).toMatchObject({ status: 'COMPLETED' });
    expect(await states()).toEqual(['CANCELLED', 'CANCELLED', 'DONE', 'DONE']);
  },
);

test.concurrent(
  'paused while the call that buys a clip is on its way, a run keeps the operation’s name and goes on with it',
  { tags: 'long' },
  async () => {
    const film = await onItsWay(500);
    await pause(film);
    const { operationName } = await film.onlyClip(1);
    await expect.poll(() => film.clip(1), SOON).toMatchObject({ status: 'SUBMITTED', operationName });
    expect(await film.onlyClip(1)).toMatchObject({ polls: 0 });

    await resumeRun(ctx(), film);
    expect(await film.end()).toMatchObject({ status: 'COMPLETED' });
    expect(await film.onlyClip(1)).toMatchObject({ state: 'DONE', downloads: 1 });
  },
);

test.concurrent(
  'resumed before that call is answered, a run does not buy again, and goes on with the clip',
  { tags: 'long' },
  async () => {
    const film = await onItsWay(2_000);
    await pause(film);
    await resumeRun(ctx(), film);
    expect(await film.end()).toMatchObject({ status: 'COMPLETED', errorCode: null });
    await film.onlyClip(1);
  },
);

test(
  'resumed long before that call is answered, nobody knows of the clip until it is, and it is gone on with then',
  { tags: 'long' },
  async () => {
    const film = await onItsWay(9_000);
    await pause(film);
    await resumeRun(ctx(), film);
    await expect.poll(async () => (await film.clip(1))?.status, SOON).toBe('UNKNOWN');
    const { operationName } = await film.onlyClip(1);
    await expect.poll(() => film.clip(1), SOON).toMatchObject({ status: 'POLLING', operationName });
    expect(await resumed(film)).toMatchObject({ status: 'COMPLETED' });
    await film.onlyClip(1);
  },
);

test('cancelled while that call is on its way, a run has the operation cancelled as soon as it has a name', async () => {
  await studio.server.settings({ operationMs: 60_000 });
  const film = await onItsWay(1_000);
  expect(await cancel(film)).toMatchObject({ status: 'CANCELLED' });
  await expect.poll(async () => (await film.onlyClip(1)).state, SOON).toBe('CANCELLED');
  const { operationName } = await film.onlyClip(1);
  await expect.poll(() => film.clip(1), SOON).toMatchObject({ status: 'FAILED', operationName });
  expect(await film.scene(1)).toMatchObject({ status: 'KEYFRAMES_DONE' });
});

test(
  'where the provider cannot cancel, clips are not asked about any more, and the next run takes them up',
  { tags: 'long' },
  async () => {
    await studio.server.settings({ operationMs: 3_000, cancels: false });
    const film = await studio.film({ scenes: 1 }).launch();
    await isAtProvider(film, 1);
    await cancel(film);
    const warnings = async () => (await film.events('WARNING')).map(({ message }) => message);
    const told = expect.stringMatching(/^Scene 1: the provider cannot stop operation operations\//);
    await expect.poll(warnings, SOON).toEqual([told]);
    expect(await pollsMeanwhile(film)).toBe(0);
    expect(await film.clip(1)).toMatchObject({ ...AT_PROVIDER, errorMessage: null });

    expect(await resumed(film)).toMatchObject({ status: 'COMPLETED' });
    expect(await film.onlyClip(1)).toMatchObject({ state: 'DONE', downloads: 1 });
  },
);

test(
  'a paused run does not ask about its clips, and goes on with them when it is resumed',
  { tags: 'long' },
  async () => {
    await studio.server.settings({ operationMs: 3_000 });
    const film = await studio.film({ scenes: 1 }).launch();
    await isAtProvider(film, 1);
    expect(await pause(film)).toMatchObject({ status: 'PAUSED' });
    expect(await film.project()).toMatchObject({ status: 'PAUSED' });
    expect(await pollsMeanwhile(film)).toBe(0);
    expect(await film.clip(1)).toMatchObject(AT_PROVIDER);

    await resumeRun(ctx(), film);
    expect(await film.end()).toMatchObject({ status: 'COMPLETED' });
    expect(await film.onlyClip(1)).toMatchObject({ state: 'DONE', downloads: 1 });
  },
);

/** The last test: it puts the animatic back. */
test(
  'a run cancelled while it renders here has no process and no file in progress left a second later',
  { tags: 'long' },
  async () => {
    installProvider(animatic);
    const film = await studio.film().launch({ clipSeconds: 8 });
    const rendering = async () => (await clipsInProgress(studio.platform)).length;
    await expect.poll(rendering, SOON).toBe(2);
    const busy = await childrenRunning('studio.child');
    expect(busy).toHaveLength(2);

    expect(await cancel(film)).toMatchObject({ status: 'CANCELLED' });
    const answered = performance.now();
    const alive = () => busy.filter((pid) => existsSync(`/proc/${pid}`)).length;
    while (alive() + (await rendering()) > 0 && performance.now() - answered < 5_000) await sleep(10);
    expect(performance.now() - answered).toBeLessThan(1_000);
    expect(await film.clip(1)).toMatchObject({ status: 'PENDING' });
    expect(await film.scene(1)).toMatchObject({ status: 'KEYFRAMES_DONE' });
  },
);

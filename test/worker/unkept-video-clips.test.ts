/** A film that came with the answer to its order while the storage takes nothing: it waits on the shelf, and is not bought again. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { reconcileFiles } from '../../src/features/upkeep/reconcile-files.ts';
import { cancelRun, resumeProject } from '../../src/features/pipelines/control/control.ts';
import { retryScene } from '../../src/features/pipelines/control/retry-scene.ts';
import { type GoogleFilm, useGoogleStudio } from '../support/google-film.ts';
import { filesOf, openMachineAt, shelvedOn, takeRoom } from '../support/machine.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';

const INLINE = {
  VIDPIPE_GOOGLE_VIDEO_MODEL: 'gemini-omni-1.1-flash-preview',
  VIDPIPE_GOOGLE_OMNI_TRANSPORT: 'stream',
};
const studio = useGoogleStudio('VERTEX', INLINE, 0);

const LONG = { tags: 'long' };
const SOON = { timeout: 30_000, interval: 50 };
const ctx = () => studio.platform.ctx;

const onShelf = () => shelvedOn(studio.platform);
const openMachine = (files?: string) => openMachineAt(studio.platform, files);
const unkept = ({ projectId }: GoogleFilm) =>
  studio.platform.db.unkeptVideoClip.findFirst({ where: { videoClip: { scene: { projectId } } } });
const reasonOf = async ({ runId }: GoogleFilm) =>
  (await studio.platform.db.stepWait.findFirst({ where: { runId } }))?.reason;
const resumed = async (film: GoogleFilm) =>
  film.follow(await resumeProject(ctx(), { projectId: film.projectId })).end();
const forgetShelf = () => rm(path.join(filesOf(studio.platform), '.shelf'), { recursive: true });
const notSeenForAnHour = () =>
  studio.platform.db.unkeptVideoClip.updateMany({ data: { seenAt: new Date(Date.now() - 3_601_000) } });

/** A busy machine makes a film slowly. */
vi.setConfig({ testTimeout: 180_000 });
afterAll(() => vi.resetConfig());
beforeEach(() => studio.server.world({ namesStreamed: false }));

/** A film with its frames whose clip is bought and cannot be kept. */
async function clipWithoutRoom() {
  const film = studio.film({ scenes: 1 });
  const machine = await openMachine();
  await film.make({ stopAfter: 'KEYFRAMES' });
  const makeRoom = await takeRoom(studio.platform, await film.project(), 'clips');
  film.follow(await resumeProject(ctx(), { projectId: film.projectId }));
  await expect.poll(async () => (await film.clip(1))?.doneAt ?? null, SOON).not.toBeNull();
  return { film, machine, makeRoom };
}

async function expectBoughtOnce(film: GoogleFilm): Promise<void> {
  expect(await film.end()).toMatchObject({ status: 'COMPLETED', errorCode: null });
  await film.onlyClip(1);
  expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
  expect(await unkept(film)).toBeNull();
}

test(
  'one that has no name at its provider is booked at once, waits, says why, and is kept as soon as there is room',
  LONG,
  async () => {
    const { film, makeRoom } = await clipWithoutRoom();
    expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
    const isPaid = /^The clip is paid for, and the storage does not take it yet: E/;
    await expect.poll(() => reasonOf(film), SOON).toMatch(isPaid);
    await makeRoom();
    await expectBoughtOnce(film);
    expect((await film.onlyClip(1)).polls).toBe(0);
    expect(await onShelf()).toBe(0);
  },
);

test(
  'a run that is cancelled, and a restart, leave it to the next one, and no round of reconciling removes it',
  LONG,
  async () => {
    const { film, machine, makeRoom } = await clipWithoutRoom();
    await cancelRun(ctx(), film);
    await machine.close();
    await reconcileFiles(ctx(), { olderThanMilliseconds: 0 });
    expect(await onShelf()).toBe(1);
    await makeRoom();
    await openMachine();
    film.follow(await resumeProject(ctx(), { projectId: film.projectId }));
    await expectBoughtOnce(film);
  },
);

/** The same, given up by its run. */
async function clipGivenUp() {
  const { film, makeRoom } = await clipWithoutRoom();
  await expect.poll(() => reasonOf(film), SOON).toBeDefined();
  await studio.platform.db.$executeRaw`UPDATE pgboss.job SET start_after = now(),
    data = jsonb_set(data, '{waitingSince}', '"2020-01-01T00:00:00.000Z"')
    WHERE name = 'download-clip' AND state = 'created'`;
  expect(await film.end()).toMatchObject({ status: 'FAILED' });
  expect(await film.clip(1)).toMatchObject({
    status: 'TIMED_OUT',
    errorMessage: expect.stringContaining('The clip is paid for'),
  });
  await reconcileFiles(ctx(), { olderThanMilliseconds: 0 });
  await makeRoom();
  return film;
}

test('a run that has waited in vain for a day gives up, and the next one keeps it', LONG, async () => {
  const film = await clipGivenUp();
  expect(await onShelf()).toBe(1);
  film.follow(await resumeProject(ctx(), { projectId: film.projectId }));
  await expectBoughtOnce(film);
});

test('a person may have another made, and it goes from the shelf', LONG, async () => {
  const film = await clipGivenUp();
  film.follow(await retryScene(ctx(), { sceneId: (await film.scene(1)).id }));
  expect(await film.end()).toMatchObject({ status: 'COMPLETED' });
  expect(await film.bought('CLIP', 1)).toHaveLength(2);
  await reconcileFiles(ctx(), { olderThanMilliseconds: 0 });
  expect(await onShelf()).toBe(0);
});

test('a machine that does not have it leaves it to the one that has', LONG, async () => {
  const { film, machine, makeRoom } = await clipWithoutRoom();
  await machine.close();
  const elsewhere = temporaryFolder('elsewhere');
  const other = await openMachine(elsewhere);
  await expect.poll(() => reasonOf(film), SOON).toContain('a worker there keeps it');
  await other.close();
  await makeRoom();
  await openMachine();
  await expectBoughtOnce(film);
});

test('a storage that refuses it for hours makes it no less there', LONG, async () => {
  const { film, makeRoom } = await clipWithoutRoom();
  await notSeenForAnHour();
  await expect
    .poll(async () => (await unkept(film))?.seenAt.getTime(), SOON)
    .toSatisfy((seenAt) => Number(seenAt) > Date.now() - 60_000);
  await makeRoom();
  await expectBoughtOnce(film);
});

test(
  'one whose machine is gone for good is lost after an hour, and a person has another bought',
  LONG,
  async () => {
    const { film, machine, makeRoom } = await clipWithoutRoom();
    await machine.close();
    await makeRoom();
    await forgetShelf();
    await notSeenForAnHour();
    await openMachine();
    expect(await film.end()).toMatchObject({ status: 'FAILED', errorCode: 'VIDEO_CLIP_LOST' });
    expect(await film.clip(1)).toMatchObject({
      status: 'LOST',
      errorMessage: expect.stringMatching(/named nothing to fetch it by.*not brought it within 60 minutes/),
    });
    expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
    expect(await resumed(film)).toMatchObject({ status: 'FAILED', errorCode: 'VIDEO_CLIP_LOST' });
    await film.onlyClip(1);
    film.follow(await retryScene(ctx(), { sceneId: (await film.scene(1)).id }));
    expect(await film.end()).toMatchObject({ status: 'COMPLETED' });
    expect(await film.bought('CLIP', 1)).toHaveLength(2);
    expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
  },
);

test('one with a name is then fetched by it', LONG, async () => {
  await studio.server.world({ namesStreamed: true });
  const { film, machine, makeRoom } = await clipWithoutRoom();
  await machine.close();
  await makeRoom();
  await forgetShelf();
  await notSeenForAnHour();
  await openMachine();
  await expectBoughtOnce(film);
  expect((await film.onlyClip(1)).polls).toBeGreaterThan(0);
});

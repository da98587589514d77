/** A frame that was paid for while the storage takes nothing: it waits on the shelf, and is not bought again. */
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { reconcileFiles } from '../../src/features/upkeep/reconcile-files.ts';
import { cancelRun, resumeProject } from '../../src/features/pipelines/control/control.ts';
import { retryScene } from '../../src/features/pipelines/control/retry-scene.ts';
import { filesOf, openMachineAt, shelvedOn, takeRoom } from '../support/machine.ts';
import { type PaidFilm, usePaidStudio } from '../support/paid-film.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';

const studio = usePaidStudio({ workers: 0 });

const LONG = { tags: 'long' };
const SOON = { timeout: 20_000, interval: 50 };

const directory = () => filesOf(studio.platform);
const onShelf = () => shelvedOn(studio.platform);
const openMachine = (files?: string) => openMachineAt(studio.platform, files);
const unkept = (film: PaidFilm) =>
  studio.platform.db.unkeptFrame.findFirst({ where: { scene: { projectId: film.projectId } } });

/** A film with its storyboard whose frames cannot be kept: where they would be lie folders. */
async function filmWithoutRoom() {
  const film = studio.film({ scenes: 1 });
  const machine = await openMachine();
  await film.make({ stopAfter: 'STORYBOARD' });
  const makeRoom = await takeRoom(studio.platform, await film.project(), 'keyframes');
  film.follow(await resumeProject(studio.platform.ctx, { projectId: film.projectId }));
  await expect.poll(() => unkept(film), SOON).not.toBeNull();
  return { film, machine, makeRoom };
}

async function expectBoughtOnce(film: PaidFilm): Promise<void> {
  expect(await film.end()).toMatchObject({ status: 'COMPLETED', errorCode: null });
  expect(await film.bought('KEYFRAME')).toHaveLength(2);
  await film.onlyClip(1);
  expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
  expect(await unkept(film)).toBeNull();
}

test('it is booked at once, waits, says why, and is kept as soon as there is room', LONG, async () => {
  const { film, makeRoom } = await filmWithoutRoom();
  expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
  await expect
    .poll(() => studio.platform.db.stepWait.findFirst({ where: { runId: film.runId } }), SOON)
    .toMatchObject({
      step: 'keyframe',
      reason: expect.stringMatching(/^The frame is paid for, and the storage does not take it yet: E/),
    });
  await makeRoom();
  await expectBoughtOnce(film);
});

test('a restart on the same data directory goes on from it', LONG, async () => {
  const { film, machine, makeRoom } = await filmWithoutRoom();
  await machine.close();
  expect(await onShelf()).toBe(1);
  await openMachine();
  await makeRoom();
  await expectBoughtOnce(film);
  expect(await onShelf()).toBe(0);
});

test(
  'a run that is cancelled leaves it to the next one, and no round of reconciling removes it',
  LONG,
  async () => {
    const { film, makeRoom } = await filmWithoutRoom();
    await cancelRun(studio.platform.ctx, film);
    await makeRoom();
    await reconcileFiles(studio.platform.ctx, { olderThanMilliseconds: 0 });
    expect(await onShelf()).toBe(1);
    film.follow(await resumeProject(studio.platform.ctx, { projectId: film.projectId }));
    await expectBoughtOnce(film);
  },
);

test('a machine that does not have it leaves it to the one that has', LONG, async () => {
  const { film, machine, makeRoom } = await filmWithoutRoom();
  await machine.close();
  const elsewhere = temporaryFolder('elsewhere');
  const other = await openMachine(elsewhere);
  await expect
    .poll(() => studio.platform.db.stepWait.findFirst({ where: { runId: film.runId } }), SOON)
    .toMatchObject({ reason: expect.stringContaining('a worker there keeps it') });
  expect(await film.bought('KEYFRAME')).toHaveLength(1);
  await other.close();
  await makeRoom();
  await openMachine();
  await expectBoughtOnce(film);
});

test(
  'one whose machine is gone for good is lost after an hour, and a person has another bought',
  LONG,
  async () => {
    const { film, machine, makeRoom } = await filmWithoutRoom();
    await machine.close();
    await makeRoom();
    await rm(path.join(directory(), '.shelf'), { recursive: true });
    const seenAt = new Date(Date.now() - 3_601_000);
    await studio.platform.db.unkeptFrame.updateMany({ data: { seenAt } });
    await openMachine();
    expect(await film.end()).toMatchObject({
      status: 'FAILED',
      errorMessage: expect.stringContaining('was paid for and is lost'),
    });
    film.follow(await resumeProject(studio.platform.ctx, { projectId: film.projectId }));
    expect(await film.end()).toMatchObject({ status: 'COMPLETED' });
    expect(await film.bought('KEYFRAME')).toHaveLength(3);
    expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
  },
);

test('other words for the scene want another frame', LONG, async () => {
  const { film, makeRoom } = await filmWithoutRoom();
  await cancelRun(studio.platform.ctx, film);
  await makeRoom();
  const { id: sceneId, startFramePrompt } = await film.scene(1);
  const words = { startFramePrompt: `At night: ${startFramePrompt}` };
  film.follow(await retryScene(studio.platform.ctx, { sceneId, words }));
  expect(await film.end()).toMatchObject({ status: 'COMPLETED' });
  expect(await film.bought('KEYFRAME')).toHaveLength(3);
  expect(await unkept(film)).toBeNull();
  await reconcileFiles(studio.platform.ctx, { olderThanMilliseconds: 0 });
  expect(await onShelf()).toBe(0);
});

test('a frame whose folder cannot be reached is waited for, and not bought again', LONG, async () => {
  const film = studio.film({ scenes: 1 });
  await openMachine();
  await film.make({ stopAfter: 'KEYFRAMES' });
  const { workspaceId } = await film.project();
  const folder = path.join(directory(), workspaceId, 'files');
  await rename(folder, `${folder}-elsewhere`);
  await writeFile(folder, '');
  film.follow(await resumeProject(studio.platform.ctx, { projectId: film.projectId }));
  await expect
    .poll(() => studio.platform.db.stepWait.findFirst({ where: { runId: film.runId } }), SOON)
    .toMatchObject({
      reason: 'The storage gives no file: ENOTDIR: a file lies where the folder files has to be',
    });
  await rm(folder);
  await rename(`${folder}-elsewhere`, folder);
  await expectBoughtOnce(film);
});

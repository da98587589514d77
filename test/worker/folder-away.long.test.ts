/** The folder of the files goes in the middle of a run, as when its disk is unmounted, and comes back. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rmdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { probe } from '../../src/media/read/probe.ts';
import { filesOf } from '../support/machine.ts';
import { clipsInProgress, type PaidFilm, usePaidStudio } from '../support/paid-film.ts';

const SOON = { timeout: 60_000, interval: 20 };

const studio = usePaidStudio({ operationMs: 2_000 });

const ABSENCES = [
  { what: 'nothing', put: async () => {}, why: /the folder [\w-]+ is not there/ },
  { what: 'an empty folder', put: mkdir, why: /the folder [\w-]+ is another one/ },
];

const sold = async (film: PaidFilm, kind: 'STORYBOARD' | 'CLIP') => (await film.bought(kind)).length > 0;

async function isStitched({ projectId }: PaidFilm): Promise<boolean> {
  const where = { scene: { projectId }, status: 'COMPLETE' as const };
  const done = await studio.platform.db.videoClip.count({ where });
  return done === 2 && (await clipsInProgress(studio.platform)).length > 0;
}

const MOMENTS = [
  { when: 'once a storyboard is sold', hasCome: (film: PaidFilm) => sold(film, 'STORYBOARD') },
  { when: 'once a clip is sold', hasCome: (film: PaidFilm) => sold(film, 'CLIP') },
  { when: 'while the film is stitched', hasCome: isStitched },
];

/** @returns what is found in its place before it is put back. */
async function takeAwayFor(
  folder: string,
  put: (place: string) => Promise<unknown>,
  work: () => Promise<void>,
) {
  await rename(folder, `${folder}.away`);
  await put(folder);
  try {
    await work();
    return existsSync(folder) ? await readdir(folder) : [];
  } finally {
    if (existsSync(folder)) await rmdir(folder);
    await rename(`${folder}.away`, folder);
  }
}

async function expectWholeAndBoughtOnce(film: PaidFilm): Promise<void> {
  expect(await film.end()).toMatchObject({ status: 'COMPLETED', errorCode: null });
  const frames = await film.bought('KEYFRAME');
  const sales = [...frames, ...(await film.bought('CLIP'))];
  const what = sales.map(({ kind }) => kind);
  expect(what).toEqual(['KEYFRAME', 'KEYFRAME', 'KEYFRAME', 'CLIP', 'CLIP']);
  expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
  const { filePath } = await film.newestFilm();
  const measured = await studio.platform.storage.withFiles([filePath], ([file = '']) => probe(file));
  expect(measured.durationSeconds).toBeCloseTo(2, 0);
  expect(await film.deadLetters()).toEqual([]);
}

describe.each(ABSENCES)('with $what in its place', ({ put, why }) => {
  test.each(MOMENTS)(
    '$when: the run waits, says why, and goes on by itself; nothing is bought twice',
    { timeout: 120_000 },
    async ({ hasCome }) => {
      const film = studio.film();
      await film.launch();
      await expect.poll(() => hasCome(film), SOON).toBe(true);
      const found = await takeAwayFor(filesOf(studio.platform), put, async () => {
        const { db } = studio.platform;
        const reasons = async () =>
          (await db.stepWait.findMany({ where: { runId: film.runId } })).map(({ reason }) => reason);
        await expect.poll(reasons, SOON).toContainEqual(expect.stringMatching(why));
        const run = await db.pipelineRun.findUniqueOrThrow({ where: { id: film.runId } });
        expect(run).toMatchObject({ status: 'RUNNING', errorCode: null });
      });
      expect(found).toEqual([]);
      await expectWholeAndBoughtOnce(film);
    },
  );
});

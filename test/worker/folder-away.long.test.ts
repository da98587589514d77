/** The folder of the files goes in the middle of a run, as when its disk is unmounted, and comes back. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rmdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { probe } from '../../src/media/probe.ts';
import { filesOf } from '../support/machine.ts';
import { type PaidFilm, usePaidStudio } from '../support/paid-film.ts';
import type { LedgerEntry } from '../support/paid-provider/protocol.ts';

const AWAY_MS = 15_000;
const SOON = { timeout: 60_000, interval: 20 };

const studio = usePaidStudio({ operationMs: 2_000 });

const ABSENCES = [
  { what: 'nothing', put: async () => {}, why: /the folder [\w-]+ is not there/ },
  { what: 'an empty folder', put: mkdir, why: /the folder [\w-]+ is another one/ },
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
  const sold = [...(await film.bought('KEYFRAME')), ...(await film.bought('CLIP'))];
  const what = sold.map(({ kind }) => kind);
  expect(what).toEqual(['KEYFRAME', 'KEYFRAME', 'KEYFRAME', 'CLIP', 'CLIP']);
  expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
  const { filePath } = await film.newestFilm();
  const measured = await studio.platform.storage.withFiles([filePath], ([file = '']) => probe(file));
  expect(measured.durationSeconds).toBeCloseTo(2, 0);
  expect(await film.deadLetters()).toEqual([]);
}

describe.each(ABSENCES)('with $what in its place', ({ put, why }) => {
  test.each(['STORYBOARD', 'CLIP'] as const)(
    'from the moment at which a %s is sold: the run waits, says why, and goes on by itself; nothing is bought twice',
    { timeout: 120_000 },
    async (kind: LedgerEntry['kind']) => {
      const film = studio.film();
      await film.launch();
      await expect.poll(async () => (await film.bought(kind)).length, SOON).toBeGreaterThan(0);
      const found = await takeAwayFor(filesOf(studio.platform), put, async () => {
        await delay(AWAY_MS);
        const where = { runId: film.runId };
        const waits = await studio.platform.db.stepWait.findMany({ where });
        expect(waits.map(({ reason }) => reason)).toContainEqual(expect.stringMatching(why));
        const run = await studio.platform.db.pipelineRun.findUniqueOrThrow({ where: { id: film.runId } });
        expect(run).toMatchObject({ status: 'RUNNING', errorCode: null });
      });
      expect(found).toEqual([]);
      await expectWholeAndBoughtOnce(film);
    },
  );
});

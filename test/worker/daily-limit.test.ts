/** A provider that makes so many clips in a day of its own. */
import { expect, test } from 'vitest';
import { usePaidStudio } from '../support/paid-film.ts';

/** Days of four seconds. */
const DAY_MS = 4_000;
const dayOf = (now: Date) => {
  const start = now.getTime() - (now.getTime() % DAY_MS);
  return { start: new Date(start), end: new Date(start + DAY_MS) };
};

const studio = usePaidStudio({
  clipLimit: { calls: 100, seconds: 1, daily: { calls: 1, dayOf } },
});

test(
  'what the day has no room for waits for the next one, says so, and goes on by itself',
  { tags: 'long' },
  async () => {
    const { db } = studio.platform;
    const film = studio.film();
    expect(await film.make()).toMatchObject({ status: 'COMPLETED', errorCode: null });
    const days = (await film.bought('CLIP')).map(({ boughtAt }) => Math.floor(Date.parse(boughtAt) / DAY_MS));
    expect(new Set(days).size).toBe(2);
    const told = await db.auditLog.findFirstOrThrow({
      where: { subjectId: film.runId, message: { startsWith: 'Waiting until' } },
    });
    expect(told.message).toMatch(/asked 1 times? today for a clip, as often as a day allows/);
    const { waitsUntil } = told.details as { waitsUntil: string };
    expect(Date.parse(waitsUntil) % DAY_MS).toBe(0);
    expect(await db.stepWait.count()).toBe(0);
    expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
  },
);

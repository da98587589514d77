/** Runs that the cap of a day holds go on when the next day begins, and no others. */
import { expect, test } from 'vitest';
import { dayScope } from '../../src/features/budget/balance.ts';
import { setWorkspaceCostCaps } from '../../src/features/pipelines/control/cost-caps.ts';
import { continueAfterDay, untilNextDay } from '../../src/features/pipelines/control/new-day.ts';
import { usePaidStudio, type PaidFilm } from '../support/paid-film.ts';

const studio = usePaidStudio();

const DAY_MILLISECONDS = 24 * 60 * 60_000;
const SOON = { timeout: 20_000, interval: 25 };
const ctx = () => studio.platform.ctx;
const run = (film: PaidFilm) =>
  studio.platform.db.pipelineRun.findUniqueOrThrow({ where: { id: film.runId } });
const isHeld = (film: PaidFilm) =>
  expect.poll(() => run(film), SOON).toMatchObject({ status: 'PAUSED', errorCode: 'BUDGET_EXCEEDED' });

/** What was spent today was spent yesterday, for the database's own clock cannot be moved. */
const passDay = (now: Date) => {
  const { workspaceId } = ctx().actor;
  const yesterday = new Date(now.getTime() - DAY_MILLISECONDS);
  return studio.platform.db.ledgerBalance.update({
    where: { scope: dayScope(workspaceId, now) },
    data: { scope: dayScope(workspaceId, yesterday) },
  });
};

test('on the same day they stay, on the next they go on, and the log says why; other caps hold on', async () => {
  const capped = await studio.film({ scenes: 1 }).launch({ maxCostCents: 5 });
  await isHeld(capped);
  await setWorkspaceCostCaps(ctx(), { maxDailyCostCents: 15 });
  const film = await studio.film({ scenes: 1 }).launch();
  await isHeld(film);
  await isHeld(capped);
  const before = await run(capped);
  const now = new Date();

  await continueAfterDay(ctx(), now);
  expect(await run(film)).toMatchObject({
    status: 'PAUSED',
    heldByCap: 'DAY',
    errorMessage: expect.stringMatching(/tomorrow/),
  });

  await passDay(now);
  await continueAfterDay(ctx(), new Date(now.getTime() + DAY_MILLISECONDS));
  await expect
    .poll(async () => (await film.bought('CLIP')).length + (await film.bought('KEYFRAME')).length, SOON)
    .toBeGreaterThan(2);
  const resumed = { subjectId: film.runId, message: { startsWith: 'Resumed: a new day began' } };
  expect(await studio.platform.db.auditLog.count({ where: resumed })).toBe(1);
  expect(await run(capped)).toEqual(before);
});

test('the next turn comes just after midnight (UTC)', () => {
  expect(untilNextDay(new Date('2026-11-22T23:59:59.000Z'))).toBe(6_000);
  expect(untilNextDay(new Date('2026-11-23T00:00:05.000Z'))).toBe(DAY_MILLISECONDS);
});

/** Caps: the call that would pass one is not made, the run waits for more room, and goes on when it is given. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { setRunCostCap, setWorkspaceCostCaps } from '../../src/features/pipelines/cost-caps.ts';
import { openPaidStudio, type PaidFilm, type PaidStudio } from '../support/paid-film.ts';

let studio: PaidStudio;
beforeAll(async () => {
  studio = await openPaidStudio();
});
beforeEach(() => setWorkspaceCostCaps(ctx(), { maxCostCents: null, maxDailyCostCents: null }));
afterAll(() => studio.remove());

const ctx = () => studio.platform.ctx;
const SOON = { timeout: 20_000, interval: 25 };

/** A film of two scenes: a storyboard of 0.9 cents, three frames of 4, two clips of 10. */
const STORYBOARD = 9_000;
const FRAME = 40_000;
const CLIP = 100_000;
const WHOLE = STORYBOARD + 3 * FRAME + 2 * CLIP;

const run = (film: PaidFilm) =>
  studio.platform.db.pipelineRun.findUniqueOrThrow({ where: { id: film.runId } });
const isHeld = (film: PaidFilm) =>
  expect.poll(() => run(film), SOON).toMatchObject({ status: 'PAUSED', errorCode: 'BUDGET_EXCEEDED' });

test('a run stops before the call that would pass its cap, says what it needs, and goes on when the cap is raised', async () => {
  const film = await studio.film().launch({ maxCostCents: 5 });
  await isHeld(film);
  expect(await film.project()).toMatchObject({ status: 'PAUSED' });
  expect(await run(film)).toMatchObject({
    errorStage: 'KEYFRAMES',
    errorMessage:
      'The cap of the run is $0.05; $0.049 of it is spent, $0.00 set aside, and the next call may cost $0.04. ' +
      'To go on, raise it with setRunCostCap: to 9 cents at least.',
  });
  expect(await film.bought('KEYFRAME')).toHaveLength(1);
  expect(await film.cost()).toEqual({ settled: STORYBOARD + FRAME, reserved: 0, unknown: 0 });

  await setRunCostCap(ctx(), { runId: film.runId, maxCostCents: 9 });
  await expect.poll(async () => (await film.bought('KEYFRAME')).length, SOON).toBe(2);
  await isHeld(film);

  await setRunCostCap(ctx(), { runId: film.runId, maxCostCents: null });
  expect(await film.end()).toMatchObject({ status: 'COMPLETED', errorCode: null });
  expect(await film.cost()).toEqual({ settled: WHOLE, reserved: 0, unknown: 0 });
});

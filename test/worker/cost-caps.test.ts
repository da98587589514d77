/** Caps: the call that would pass one is not made, the run waits for more room, and goes on when it is given. */
import { beforeEach, expect, test } from 'vitest';
import { dayScope, readCost, totalOf } from '../../src/features/budget/balance.ts';
import { readCap } from '../../src/features/budget/cap.ts';
import { MICRO_USD_PER_CENT } from '../../src/features/budget/money.ts';
import { cancelRun, resumeProject, resumeRun } from '../../src/features/pipelines/control/control.ts';
import {
  setProjectCostCap,
  setRunCostCap,
  setWorkspaceCostCaps,
} from '../../src/features/pipelines/control/cost-caps.ts';
import { retryScene } from '../../src/features/pipelines/control/retry-scene.ts';
import { runScope } from '../../src/features/runs/run-subject.ts';
import { usePaidStudio, type PaidFilm } from '../support/paid-film.ts';

const studio = usePaidStudio();
beforeEach(() => setWorkspaceCostCaps(ctx(), { maxCostCents: null, maxDailyCostCents: null }));

const ctx = () => studio.platform.ctx;
const SOON = { timeout: 20_000, interval: 25 };

/** A film of two scenes: a storyboard of 0.9 cents, three frames of 4, two clips of 10. */
const STORYBOARD = 9_000;
const FRAME = 40_000;
const CLIP = 100_000;
const WHOLE = STORYBOARD + 3 * FRAME + 2 * CLIP;

const run = (film: PaidFilm) =>
  studio.platform.db.pipelineRun.findUniqueOrThrow({ where: { id: film.runId } });
const capOf = (film: PaidFilm) => readCap(ctx().db, runScope(film.runId));
const isHeld = (film: PaidFilm) =>
  expect.poll(() => run(film), SOON).toMatchObject({ status: 'PAUSED', errorCode: 'BUDGET_EXCEEDED' });

test(
  'a run stops before the call that would pass its cap, says what it needs, and goes on when the cap is raised',
  { tags: 'long' },
  async () => {
    const film = await studio.film().launch({ maxCostCents: 5 });
    await isHeld(film);
    expect(await film.project()).toMatchObject({ status: 'PAUSED' });
    expect(await run(film)).toMatchObject({
      errorStage: 'KEYFRAMES',
      heldByCap: 'RUN',
      errorMessage:
        'The cap of the run is $0.05; $0.049 of it is spent, $0.00 set aside, and the next call may cost $0.04. ' +
        'To go on, raise it with setRunCostCap: to 9 cents ($0.09) at least.',
    });
    expect(await film.bought('KEYFRAME')).toHaveLength(1);
    expect(await film.cost()).toEqual({ settled: STORYBOARD + FRAME, reserved: 0, unknown: 0 });

    await setRunCostCap(ctx(), { runId: film.runId, maxCostCents: 9 });
    await expect.poll(async () => (await film.bought('KEYFRAME')).length, SOON).toBe(2);
    await isHeld(film);

    await setRunCostCap(ctx(), { runId: film.runId, maxCostCents: null });
    expect(await film.end()).toMatchObject({
      status: 'COMPLETED',
      errorCode: null,
      heldByCap: null,
      heldAt: null,
    });
    expect(await film.cost()).toEqual({ settled: WHOLE, reserved: 0, unknown: 0 });
  },
);

test(
  'what is on its way when a cap is met is finished, paid for and kept before the run is paused',
  { tags: 'long' },
  async () => {
    await studio.server.settings({ operationMs: 1_500 });
    // Room for one clip of two: the second is refused while the first is with the provider.
    const film = await studio.film().launch({ maxCostCents: 23 });
    await expect
      .poll(() => run(film), SOON)
      .toMatchObject({ status: 'RUNNING', errorCode: 'BUDGET_EXCEEDED' });
    await isHeld(film);
    expect(await film.bought('CLIP')).toHaveLength(1);
    const clips = await Promise.all([film.clip(1), film.clip(2)]);
    expect(clips.map((clip) => clip?.status).filter((status) => status === 'COMPLETE')).toHaveLength(1);
    expect(await film.cost()).toEqual({ settled: WHOLE - CLIP, reserved: 0, unknown: 0 });

    await setRunCostCap(ctx(), { runId: film.runId, maxCostCents: 33 });
    expect(await film.end()).toMatchObject({ status: 'COMPLETED', errorCode: null });
    expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
  },
);

test('the cap of a day holds every run, and lifted lets each go on', { tags: 'long' }, async () => {
  const today = await readCost(studio.platform.db, dayScope(ctx().actor.workspaceId, new Date()));
  const spentCents = Math.ceil(totalOf(today) / MICRO_USD_PER_CENT);
  await setWorkspaceCostCaps(ctx(), { maxDailyCostCents: spentCents + 3 });
  const films = await Promise.all([1, 2].map(() => studio.film({ scenes: 1 }).launch()));
  for (const film of films) await isHeld(film);
  expect(
    (await studio.platform.db.pipelineRun.findUniqueOrThrow({ where: { id: films[0]?.runId ?? '' } }))
      .errorMessage,
  ).toMatch(/^The cap of the day \(UTC\) is .*or wait for tomorrow: the run then goes on by itself/);
  await setWorkspaceCostCaps(ctx(), { maxDailyCostCents: null });
  for (const film of films) expect(await film.end()).toMatchObject({ status: 'COMPLETED', errorCode: null });
});

test('the cap of a project outlasts its runs', { tags: 'long' }, async () => {
  const film = await studio.film({ scenes: 1 }).launch({ stopAfter: 'STORYBOARD' });
  await film.end();
  await setProjectCostCap(ctx(), { projectId: film.projectId, maxCostCents: 2 });
  film.follow(await resumeProject(ctx(), { projectId: film.projectId }));
  await isHeld(film);
  expect(await run(film)).toMatchObject({
    heldByCap: 'PROJECT',
    errorMessage: expect.stringMatching(/^The cap of the project is \$0\.02; \$0\.009 of it is spent/),
  });
  await setProjectCostCap(ctx(), { projectId: film.projectId, maxCostCents: 100 });
  expect(await film.end()).toMatchObject({ status: 'COMPLETED', errorCode: null });
});

test('resumed without more room, a run is held again; cancelled, it has no cap to raise', async () => {
  const film = await studio.film({ scenes: 1 }).launch({ maxCostCents: 5 });
  await isHeld(film);
  await resumeRun(ctx(), film);
  await isHeld(film);
  await cancelRun(ctx(), film);
  await expect(setRunCostCap(ctx(), { runId: film.runId, maxCostCents: null })).rejects.toThrow('has ended');
});

test(
  'resumed with another cap, a run goes on under that one, from its first call on',
  { tags: 'long' },
  async () => {
    const film = await studio.film({ scenes: 1 }).launch({ maxCostCents: 5 });
    await isHeld(film);
    // Below what was spent: it is held again, as by setRunCostCap.
    await resumeRun(ctx(), { runId: film.runId, maxCostCents: 2 });
    await isHeld(film);
    expect((await run(film)).errorMessage).toMatch(/^The cap of the run is \$0\.02; \$0\.049 of it is spent/);
    await resumeProject(ctx(), { projectId: film.projectId, maxCostCents: 9 });
    await expect.poll(async () => (await film.bought('KEYFRAME')).length, SOON).toBe(2);
    await isHeld(film);
    await resumeProject(ctx(), { projectId: film.projectId, maxCostCents: null });
    expect(await film.end()).toMatchObject({ status: 'COMPLETED' });
    expect(await capOf(film)).toBe(null);
  },
);

test(
  'a scene that is made again is bought within the cap that the retry names, and not beyond it',
  { tags: 'long' },
  async () => {
    const film = studio.film({ scenes: 1 });
    await film.make({ maxCostCents: 40 });
    const { id: sceneId } = await film.scene(1);
    film.follow(await retryScene(ctx(), { sceneId, maxCostCents: 9 }));
    await isHeld(film);
    expect(await film.bought('CLIP')).toHaveLength(1);
    await resumeRun(ctx(), { runId: film.runId, maxCostCents: 10 });
    expect(await film.end()).toMatchObject({ status: 'COMPLETED' });
    expect(await capOf(film)).toBe(10);
    expect(await film.bought('CLIP')).toHaveLength(2);
    // Without a word of it, the next run has the cap of this one.
    film.follow(await retryScene(ctx(), { sceneId }));
    expect(await film.end()).toMatchObject({ status: 'COMPLETED' });
    expect(await capOf(film)).toBe(10);
  },
);

test.each([
  ['resumeRun', (film: PaidFilm) => resumeRun(ctx(), { runId: film.runId, maxCostCents: -1 })],
  [
    'resumeProject',
    (film: PaidFilm) => resumeProject(ctx(), { projectId: film.projectId, maxCostCents: -1 }),
  ],
  [
    'retryScene',
    async (film: PaidFilm) => retryScene(ctx(), { sceneId: (await film.scene(1)).id, maxCostCents: -1 }),
  ],
])('a cap that is none is refused by %s, and nothing goes on', async (_name, goOn) => {
  const film = await studio.film({ scenes: 1 }).launch({ maxCostCents: 5 });
  await isHeld(film);
  await expect(goOn(film)).rejects.toMatchObject({ issues: [{ path: ['maxCostCents'] }] });
  expect(await run(film)).toMatchObject({ status: 'PAUSED' });
  expect(await capOf(film)).toBe(5);
});

/** Where Google is overloaded, or takes no more, a step waits, says why and until when, and goes on by itself. */
import { expect, test, vi } from 'vitest';
import { pacificDayEnd } from '../../src/core/pacific-day.ts';
import { pauseRun } from '../../src/features/pipelines/control/control.ts';
import { type GoogleFilm, useGoogleStudio } from '../support/google-film.ts';
import type { Trouble } from '../support/paid-provider/protocol.ts';

// Each waits several times, and does it beside all others.
vi.setConfig({ testTimeout: 180_000 });

const studio = useGoogleStudio('VERTEX', { VIDPIPE_GOOGLE_PATIENCE_SECONDS: '4' });

const refusal = (status: number, error: object): Trouble => ({ kind: 'STATUS', status, body: { error } });

/** As recorded (2026-05 to 2026-10). */
const OVERLOADED = refusal(503, {
  code: 503,
  status: 'UNAVAILABLE',
  message:
    'This model is currently experiencing high demand. Spikes in demand are usually temporary. Please try again later.',
});
const DAY_IS_OVER = refusal(429, {
  code: 'quota_exceeded',
  message:
    'Quota exceeded for metric: generate_requests_per_model_per_day, limit: 100. Please retry in 1.58s.',
});
const NO_CREDITS = refusal(429, {
  code: 429,
  status: 'RESOURCE_EXHAUSTED',
  message: 'Your prepayment credits are depleted. Please go to AI Studio to manage your project and billing.',
});

const waitsOf = ({ runId }: GoogleFilm) => studio.platform.db.stepWait.findMany({ where: { runId } });

/** What those who follow the run were told of waiting. */
const toldOf = async ({ runId }: GoogleFilm) =>
  studio.platform.db.auditLog.findMany({
    where: { subjectId: runId, message: { startsWith: 'Waiting until' } },
    orderBy: { id: 'asc' },
  });

const submits = async ({ tag }: GoogleFilm) =>
  (await studio.server.requests()).filter(
    ({ path, body }) => path.endsWith('predictLongRunning') && JSON.stringify(body).includes(tag),
  ).length;

const billIs = async (film: GoogleFilm) =>
  expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });

test(
  'an overload is waited out, at a frame and at a clip: nothing was taken, nothing is left to a person',
  { tags: 'long' },
  async () => {
    const film = studio.film({ scenes: 1 });
    await film.fault('KEYFRAME', 1, OVERLOADED);
    await film.fault('SUBMIT', 1, OVERLOADED, 2);
    expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'COMPLETED', errorCode: null });
    await film.onlyClip(1);
    await billIs(film);

    const told = await toldOf(film);
    expect(told.map(({ message }) => message)).toEqual(
      Array(3).fill(expect.stringMatching(/^Waiting until 20.*Z, then it goes on by itself:.*high demand/)),
    );
    const waits = told.map(({ details, time }) => {
      const { waitsUntil } = details as { waitsUntil: string };
      return (Date.parse(waitsUntil) - Number(time)) / 1_000;
    });
    // About a second, then about two.
    expect(waits[1]).toBeGreaterThan(0.7);
    expect(waits[2]).toBeGreaterThan(1.3);
    expect(await waitsOf(film)).toEqual([]);
  },
);

test(
  'an overload that does not end leaves a gap once patience is over, and costs nothing',
  { tags: 'long' },
  async () => {
    const film = studio.film();
    await film.fault('SUBMIT', 2, OVERLOADED, 20);
    expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'PARTIAL' });
    const errorMessage = expect.stringContaining('high demand') as string;
    expect(await film.clip(2)).toMatchObject({ status: 'FAILED', errorMessage });
    expect(await film.bought('CLIP', 2)).toEqual([]);
    expect(await waitsOf(film)).toEqual([]);
    await billIs(film);
    await studio.server.clearFaults();
  },
);

test('an account that cannot pay is told at once, and not asked again', async () => {
  const film = studio.film({ scenes: 1 });
  await film.fault('KEYFRAME', 1, NO_CREDITS, 20);
  expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({
    status: 'FAILED',
    errorCode: 'PROVIDER_BILLING',
  });
  expect(await toldOf(film)).toEqual([]);
  await billIs(film);
  await studio.server.clearFaults();
});

test(
  'a day whose limit is reached: the run says until when, other films ask nobody, and a pause ends the wait',
  { tags: 'long' },
  async () => {
    const film = studio.film({ scenes: 1 });
    await film.fault('SUBMIT', 1, DAY_IS_OVER, 20);
    await film.launch({ stopAfter: 'CLIPS' });
    const SOON = { timeout: 30_000, interval: 50 };
    await expect.poll(() => waitsOf(film), SOON).toHaveLength(1);
    const [wait] = await waitsOf(film);
    expect(wait).toMatchObject({ step: 'submit-clip', code: 'PROVIDER_QUOTA' });
    const end = pacificDayEnd(new Date()).getTime();
    expect(Math.abs(Number(wait?.until) - end)).toBeLessThan(5_000);

    const other = await studio.film({ scenes: 1 }).launch({ stopAfter: 'CLIPS' });
    await expect.poll(() => waitsOf(other), SOON).toHaveLength(1);
    expect(await submits(film)).toBe(1);
    expect(await submits(other)).toBe(0);

    const run = { where: { id: film.runId } };
    expect(await studio.platform.db.pipelineRun.findUnique(run)).toMatchObject({ status: 'RUNNING' });
    await pauseRun(studio.platform.ctx, { runId: film.runId });
    expect(await waitsOf(film)).toEqual([]);
    await studio.platform.db.providerHold.deleteMany();
  },
);

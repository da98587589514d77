/** What ends a clip for now is ordered anew by a rule: how often, when, what is told, and what it costs. */
import { expect, test, vi } from 'vitest';
import { resumeProject } from '../../src/features/pipelines/control/control.ts';
import { settleUnknownCall } from '../../src/features/pipelines/control/settle-unknown-call.ts';
import { projectScope } from '../../src/features/projects/project-runs.ts';
import { type GoogleFilm, useGoogleStudio } from '../support/google-film.ts';
import type { Trouble } from '../support/paid-provider/protocol.ts';

// Each waits several times, and does it beside all others.
vi.setConfig({ testTimeout: 180_000 });

const studio = useGoogleStudio('GEMINI');

const tooMany = (message: string): Trouble => ({
  kind: 'STATUS',
  status: 429,
  body: { error: { code: 'too_many_requests', message } },
});

/** As it was recorded at a first poll (2026-09-03), with a shorter wait. */
const OVER = tooMany(
  'You exceeded your current quota, please check your plan and billing details. * Quota exceeded for metric: generativelanguage.googleapis.com/generate_content_paid_tier_2_requests, limit: 8, model: gemini-omni-1.1-flash Please retry in 1.397s.',
);

const clipsOf = ({ projectId }: GoogleFilm) =>
  studio.platform.db.videoClip.findMany({ where: { scene: { projectId } }, orderBy: { id: 'asc' } });

const told = async (film: GoogleFilm) =>
  (await film.events('WARNING'))
    .map(({ message }) => message)
    .filter((each) => each.includes('ordered anew'));

const openCalls = async ({ projectId }: GoogleFilm) =>
  studio.platform.db.ledgerEntry.findMany({
    where: { scopes: { has: projectScope(projectId) }, kind: 'UNKNOWN' },
  });

/** All that the server charges is there: by what was used where that is known, else no less, set aside. */
const billIs = async (film: GoogleFilm) => {
  const { settled, reserved, unknown } = await film.cost();
  const refused = (await film.bought('CLIP')).slice(0, (await openCalls(film)).length);
  const open = refused.reduce((sum, { chargedMicroUsd }) => sum + chargedMicroUsd, 0);
  expect({ reserved, settled }).toEqual({ reserved: 0, settled: (await film.bill()) - open });
  expect(unknown).toBeGreaterThanOrEqual(open);
  return unknown;
};

test.concurrent(
  'taken and then refused for the rate: another is ordered after the wait, and the first is kept as UNKNOWN money',
  { tags: 'long' },
  async () => {
    const film = studio.film({ scenes: 1 });
    await film.fault('POLL', 1, OVER);
    expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'COMPLETED', errorCode: null });

    const [first, second, ...more] = await film.bought('CLIP');
    expect(more).toEqual([]);
    expect(second?.promptHash).toBe(first?.promptHash);
    const [refused, made] = await clipsOf(film);
    expect(refused).toMatchObject({ status: 'UNKNOWN', orderedAnew: 0, supersededAt: expect.any(Date) });
    expect(made).toMatchObject({ status: 'COMPLETE', orderedAnew: 1, supersededAt: null });
    expect(Date.parse(second?.boughtAt ?? '') - Number(refused?.completedAt)).toBeGreaterThanOrEqual(1_390);
    expect(await told(film)).toEqual([
      expect.stringMatching(
        /^Scene 1: its clip is ordered anew in 1 s \(1 of 2 times\):.*Nobody knows whether the first/,
      ),
    ]);
    expect(await billIs(film)).toBeGreaterThan(0);

    // A person finds it on the invoice: it is booked, and nothing is bought.
    const [{ operationKey } = { operationKey: '' }] = await openCalls(film);
    await settleUnknownCall(studio.platform.ctx, { operationKey, outcome: 'WAS_CHARGED' });
    const { settled, ...rest } = await film.cost();
    expect(rest).toEqual({ reserved: 0, unknown: 0 });
    expect(settled).toBeGreaterThanOrEqual(await film.bill());
    expect((await clipsOf(film)).map(({ status }) => status)).toEqual(['LOST', 'COMPLETE']);
    expect(await film.bought('CLIP')).toHaveLength(2);
  },
);

test.concurrent(
  'a third time in a row it is left to a person, and nothing more is bought of the scene before',
  { tags: 'long' },
  async () => {
    const film = studio.film();
    await film.fault('POLL', 2, OVER, 3);
    const unknown = { status: 'PARTIAL', errorCode: 'OUTCOME_UNKNOWN' };
    expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject(unknown);
    expect(await film.clip(2)).toMatchObject({ status: 'UNKNOWN', orderedAnew: 2 });
    expect(await told(film)).toHaveLength(2);
    expect(await film.bought('CLIP', 2)).toHaveLength(3);
    expect(await billIs(film)).toBeGreaterThan(0);

    film.follow(await resumeProject(studio.platform.ctx, { projectId: film.projectId }));
    expect(await film.end()).toMatchObject(unknown);
    expect(await film.bought('CLIP', 2)).toHaveLength(3);
  },
);

test.concurrent(
  'the cap counts what nobody knows: no other is ordered where it has no room for both',
  { tags: 'long' },
  async () => {
    const film = studio.film({ scenes: 1 });
    await film.fault('POLL', 1, OVER);
    const frames = await film.launch({ stopAfter: 'CLIPS', maxCostCents: 70 });
    await expect
      .poll(() => studio.platform.db.pipelineRun.findUnique({ where: { id: frames.runId } }), {
        timeout: 60_000,
      })
      .toMatchObject({ status: 'PAUSED', errorCode: 'BUDGET_EXCEEDED' });
    expect(await film.bought('CLIP')).toHaveLength(1);
    expect(await billIs(film)).toBeGreaterThan(0);
  },
);

test.concurrent('a 429 of the asking itself is no word about the clip', { tags: 'long' }, async () => {
  const film = studio.film({ scenes: 1 });
  await film.fault(
    'POLL',
    1,
    tooMany('Quota exceeded for metric: googleapis.com/interaction_reads, limit: 600.'),
  );
  expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'COMPLETED' });
  await film.onlyClip(1);
  expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
});

test.concurrent(
  'an operation that failed of something that passes is ordered anew twice, at no cost',
  { tags: 'long' },
  async () => {
    const film = studio.film();
    await film.fault('SUBMIT', 1, { kind: 'ENDS', end: 'FAILED' }, 2);
    await film.fault('SUBMIT', 2, { kind: 'ENDS', end: 'FAILED' }, 3);
    expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({
      status: 'PARTIAL',
      errorCode: 'PROVIDER_FAILED',
    });
    expect((await film.bought('CLIP', 1)).map(({ state }) => state)).toEqual(['FAILED', 'FAILED', 'DONE']);
    expect((await film.bought('CLIP', 2)).map(({ state }) => state)).toEqual(['FAILED', 'FAILED', 'FAILED']);
    expect(await told(film)).toHaveLength(4);
    expect(await film.clip(2)).toMatchObject({ status: 'FAILED', orderedAnew: 2 });
    expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });

    // A person's word begins the count anew.
    film.follow(await resumeProject(studio.platform.ctx, { projectId: film.projectId }));
    expect(await film.end()).toMatchObject({ status: 'COMPLETED' });
    expect(await film.clip(2)).toMatchObject({ status: 'COMPLETE', orderedAnew: 0 });
  },
);

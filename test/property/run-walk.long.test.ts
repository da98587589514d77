/** Whatever happens to a film, in whatever order, its rows keep their promises and it can be finished. */
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { projectScope } from '../../src/features/projects/project-runs.ts';
import { isEnded } from '../../src/features/runs/run-state.ts';
import { createProject } from '../../src/features/projects/project.ts';
import { animatic } from '../../src/providers/animatic/index.ts';
import { installProvider } from '../../src/providers/registry.ts';
import { type InstantProvider, instantProvider } from '../support/instant-provider.ts';
import { useTestPlatform } from '../support/test-platform.ts';
import { Walk } from './run-walk.ts';

const platform = useTestPlatform();
afterAll(() => {
  installProvider(animatic);
});

/** Something that happens; printed as its name where a walk fails. */
const event = (weight: number, name: string, act: (walk: Walk) => unknown) => ({
  weight,
  arbitrary: fc.constant({ act, [fc.toStringMethod]: () => name }),
});

const anyEvent = fc.oneof(
  event(10, 'work', (walk) => walk.work()),
  event(3, 'crash', (walk) => walk.crash()),
  event(1, 'poll: running', (walk) => walk.poll({ verdict: 'STILL_WORKING' })),
  event(2, 'poll: done', (walk) => walk.poll({ verdict: 'FILM', uri: 'instant:clip' })),
  event(1, 'poll: filtered', (walk) =>
    walk.poll({ verdict: 'REFUSED_BY_SAFETY', words: 'blood', refusedInput: 'UNKNOWN' }),
  ),
  event(1, 'poll: failed', (walk) => walk.poll({ verdict: 'REFUSED_AS_ASKED', words: 'a bad day' })),
  event(1, 'poll: ended with nothing', (walk) =>
    walk.poll({ verdict: 'NOT_KNOWN', about: 'NOTHING', words: 'nothing' }),
  ),
  event(1, 'poll: not found', (walk) =>
    walk.poll({ verdict: 'NOT_KNOWN', about: 'NOT_FOUND', words: 'who?' }),
  ),
  event(1, 'file refused', (walk) => walk.refuseNextDownload(true)),
  event(1, 'busy', (walk) => walk.failNextSubmit({ outcome: 'NOT_ACCEPTED', bought: false })),
  event(1, 'refused', (walk) => walk.failNextSubmit({ outcome: 'REFUSED', bought: false })),
  event(1, 'no answer', (walk) => walk.failNextSubmit({ outcome: 'UNKNOWN', bought: false })),
  event(1, 'no answer, but sold', (walk) => walk.failNextSubmit({ outcome: 'UNKNOWN', bought: true })),
  event(1, 'busy call', (walk) => walk.failNextCall({ outcome: 'NOT_ACCEPTED', bought: false })),
  event(1, 'refused call', (walk) => walk.failNextCall({ outcome: 'REFUSED', bought: false })),
  event(1, 'no answer to a call', (walk) => walk.failNextCall({ outcome: 'UNKNOWN', bought: false })),
  event(1, 'no answer to a call, but sold', (walk) =>
    walk.failNextCall({ outcome: 'UNKNOWN', bought: true }),
  ),
  event(1, 'cap of 20 cents', (walk) => walk.cap(20)),
  event(1, 'no cap', (walk) => walk.cap(null)),
  event(1, 'pause', (walk) => walk.pause()),
  event(2, 'resume', (walk) => walk.resume()),
  event(1, 'cancel', (walk) => walk.cancel()),
  event(2, 'launch', (walk) => walk.launch()),
  event(1, 'resume project', (walk) => walk.resumeProject()),
  event(1, 'settle', (walk) => walk.settleAll()),
  event(1, 'retry scene 1', (walk) => walk.retry(0)),
  event(1, 'retry scene 2', (walk) => walk.retry(1)),
);

/** Enough for a film from start to end with several mishaps. */
const EVENTS = { minLength: 20, maxLength: 60 };
const WALKS = Number(process.env['WALKS'] ?? 12);

test(
  'in any order of events a film keeps its promises, and is finished in the end',
  { timeout: 240_000 },
  async () => {
    const walks = fc.asyncProperty(fc.array(anyEvent, EVENTS), async (events) => {
      const { walk, provider, id } = await begin();
      for (const { act } of events) {
        await act(walk);
        expect(await brokenPromises(id)).toEqual([]);
        expect(await unlikeBooks(id, provider)).toEqual([]);
      }
      await walk.settleDown();
      expect(await brokenPromises(id)).toEqual([]);
      expect(await unlikeBooks(id, provider)).toEqual([]);
      const charged = [...provider.books.values()].reduce((sum, microUsd) => sum + microUsd, 0);
      expect(
        await platform.db.ledgerBalance.findUnique({ where: { scope: projectScope(id) } }),
      ).toMatchObject({
        settledMicroUsd: BigInt(charged),
        reservedMicroUsd: 0n,
        unknownMicroUsd: 0n,
      });
      const clips = await platform.db.videoClip.findMany({ where: { scene: { projectId: id } } });
      expect(clips.filter(({ supersededAt }) => supersededAt === null).map(({ status }) => status)).toEqual([
        'COMPLETE',
        'COMPLETE',
      ]);
      // Each purchase is some row's, and no row bought twice.
      const names = clips.flatMap(({ operationName }) => operationName ?? []);
      expect(names.toSorted()).toEqual(
        provider.purchases.map(({ operationName }) => operationName).toSorted(),
      );
    });
    await fc.assert(walks, { numRuns: WALKS, endOnFailure: process.env['WALKS'] === undefined });
  },
);

test('a clip that is done when its run is cancelled is left to the next run, for it is paid for', async () => {
  const { walk, provider, id } = await begin();
  const clip = () => platform.db.videoClip.findFirst({ where: { scene: { projectId: id } } });
  while (!(await clip())?.operationName) await walk.work();
  await walk.poll({ verdict: 'FILM', uri: 'instant:clip' });
  await walk.cancel();
  while (await walk.work());
  expect(provider.cancelled).toEqual([]);
  expect(await clip()).toMatchObject({ status: 'POLLING', resultUri: 'instant:clip' });
  expect(await unlikeBooks(id, provider)).toEqual([]);
  await walk.resumeProject();
  await walk.settleDown();
  expect(provider.purchases).toHaveLength(2);
});

/** Launches a film of two scenes with a provider of its own. */
async function begin(): Promise<{ walk: Walk; provider: InstantProvider; id: string }> {
  const provider = instantProvider({ paid: true });
  installProvider(provider.adapter);
  const { id } = await createProject(platform.ctx, {
    prompt: `A lighthouse wakes (${Math.random()}). A ship comes home.`,
    targetClipDuration: 4,
    targetDuration: 8,
  });
  const walk = new Walk(platform, provider, id);
  await walk.launch();
  return { walk, provider, id };
}

/** Calls of which the ledger says, as known, something else than the provider's books. */
async function unlikeBooks(projectId: string, { books }: InstantProvider): Promise<string[]> {
  const entries = await platform.db.ledgerEntry.findMany({
    where: { scopes: { has: projectScope(projectId) } },
  });
  const keys = entries.filter(({ kind }) => kind === 'RESERVE').map(({ operationKey }) => operationKey);
  const unknownToUs = [...books.keys()].filter((key) => !keys.includes(key));
  const wrong = entries.filter(({ kind, operationKey, amountMicroUsd }) => {
    const charged = BigInt(books.get(operationKey) ?? 0);
    return (kind === 'SETTLE' && amountMicroUsd !== charged) || (kind === 'RELEASE' && charged !== 0n);
  });
  return [...unknownToUs, ...wrong.map(({ kind, operationKey }) => `${kind} ${operationKey}`)];
}

/** What is not as it must be, at any moment of any film. */
async function brokenPromises(projectId: string): Promise<string[]> {
  const { runs, videos, scenes, status, errorMessage } = await platform.db.project.findUniqueOrThrow({
    where: { id: projectId },
    include: { runs: true, videos: true, scenes: { include: { clips: { where: { supersededAt: null } } } } },
  });
  const stopped = runs.filter((run) => isEnded(run.status) || run.status === 'PAUSED');
  const openJobs = await Promise.all(stopped.map(({ id }) => openJobsOf(id)));
  const filmed = scenes.filter(({ clips: [clip] }) => clip?.status === 'COMPLETE');
  const isWhole = filmed.length === scenes.length;
  const promises: [boolean, string][] = [
    [runs.filter((run) => !isEnded(run.status)).length <= 1, 'a project has one live run at most'],
    [openJobs.flat().length === 0, `a stopped run has no jobs: ${openJobs.join()}`],
    [status !== 'COMPLETE' || videos.length > 0, 'a complete project has a film'],
    [
      status !== 'COMPLETE' || isWhole || /scene/i.test(errorMessage ?? ''),
      'a complete project names its gaps',
    ],
    [
      scenes.every((scene) => filmed.includes(scene) === (scene.status === 'VIDEO_DONE')),
      'done means filmed',
    ],
    [
      scenes.every(({ status: of, clips: [clip] }) => clip?.status !== 'UNKNOWN' || of === 'FAILED'),
      'a scene of which nobody knows is a gap',
    ],
  ];
  return promises.flatMap(([isKept, promise]) => (isKept ? [] : [promise]));
}

async function openJobsOf(runId: string): Promise<string[]> {
  const { rows } = await platform.database.pool.query<{ name: string }>(
    "SELECT name FROM pgboss.job WHERE state < 'completed' AND name <> 'cancel-clip' AND data->>'runId' = $1",
    [runId],
  );
  return rows.map(({ name }) => name);
}

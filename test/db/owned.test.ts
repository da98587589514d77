/** What an actor may see is said once: Prisma and SQL find the same rows, in the same order. */
import { expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { visibleEntries as visibleLog } from '../../src/features/audit/log/audit.ts';
import { visibleEntries as visibleLedger } from '../../src/features/budget/ledger.ts';
import { visibleVideos } from '../../src/features/videos/video.ts';
import { visibleKeyframes } from '../../src/features/keyframes/keyframe.ts';
import { visiblePlans } from '../../src/features/pipelines/confirm/run-plan.ts';
import { visibleReferences } from '../../src/features/references/reference-image.ts';
import { visibleLetters } from '../../src/features/runs/dead-letter.ts';
import { visibleRuns } from '../../src/features/runs/run.ts';
import { createProject, visibleProjects } from '../../src/features/projects/project.ts';
import { visibleScenes } from '../../src/features/storyboards/scene.ts';
import { visibleVideoClips } from '../../src/features/video-clips/video-clip.ts';
import { visibleDeliveries, visibleWebhooks } from '../../src/features/webhooks/webhook.ts';
import { Prisma } from '../../src/generated/prisma/client.ts';
import { orderBy } from '../../src/graphql/order.ts';
import { orderBySequence } from '../../src/graphql/sequence-order.ts';
import { readerOf } from '../../src/platform/database/any-model.ts';
import { ownedThrough } from '../../src/platform/database/owned.ts';
import { tableOf } from '../../src/platform/database/sql-names.ts';
import { seedFilm } from '../support/seed.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();

const OWNED = [
  visibleLog,
  visibleLedger,
  visibleVideos,
  visibleKeyframes,
  visiblePlans,
  visibleReferences,
  visibleLetters,
  visibleRuns,
  visibleProjects,
  visibleScenes,
  visibleVideoClips,
  visibleWebhooks,
  visibleDeliveries,
];

const SEEN_BY_FILMS = ['AuditLog', 'Video', 'Keyframe', 'PipelineRun', 'Project', 'Scene', 'VideoClip'];

test('Prisma and SQL see the same rows of every owned table, and none of another workspace', async () => {
  const { db, ctx } = platform;
  const stranger = { name: 'stranger', workspaceId: newId() };
  await db.workspace.create({ data: { id: stranger.workspaceId, name: 'Strangers' } });
  for (const own of [ctx, { ...ctx, actor: stranger }]) {
    await seedFilm(own, { workspaceId: own.actor.workspaceId });
    await createProject(own, { prompt: 'A lighthouse wakes at dusk.' });
  }
  for (const owned of OWNED) {
    const found: string[][] = [];
    for (const actor of [ctx.actor, stranger]) {
      const reader = readerOf(db, owned.model);
      const rows = (await reader.findMany({ where: owned(actor), select: { id: true } })) as { id: string }[];
      const same = await db.$queryRaw<{ id: string }[]>`
        SELECT t.id FROM ${Prisma.raw(tableOf(owned.model))} t WHERE ${owned.sql(actor, 't')}`;
      const ids = rows.map(({ id }) => id).toSorted();
      expect(same.map(({ id }) => id).toSorted()).toEqual(ids);
      found.push(ids);
    }
    const [mine = [], theirs = []] = found;
    expect(mine.filter((id) => theirs.includes(id))).toEqual([]);
    const isFilled = SEEN_BY_FILMS.includes(owned.model);
    expect([owned.model, mine.length > 0, theirs.length > 0]).toEqual([owned.model, isFilled, isFilled]);
  }
});

test('a path that leads to no owner ends the process at its start', () => {
  expect(() => ownedThrough('Keyframe', 'project')).toThrow('Keyframe has no owner called project.');
  expect(() => ownedThrough('Keyframe', 'scene')).toThrow('Scene names no workspace.');
});

test('an order has the same rows past a place in Prisma and in SQL, both ways and from both sides', async () => {
  const { db, ctx } = platform;
  for (const prompt of ['A ship.', 'A lighthouse.', 'A ship.', 'A gull.'])
    await createProject(ctx, { prompt });
  const orders = [
    {
      order: orderBy<{ id: string; createdAt: Date }, object, object>('createdAt', 'desc'),
      model: 'Project',
    },
    { order: orderBy<{ id: string; title: string }, object, object>('title', 'asc'), model: 'Project' },
    { order: orderBySequence<{ sequence: bigint }, object, object>('desc'), model: 'AuditLog' },
  ] as const;
  for (const { order, model } of orders) {
    const reader = readerOf(db, model);
    const all = await reader.findMany({ orderBy: order.by(false) });
    const middle = order.cursor(all[Math.floor(all.length / 2)] as never);
    for (const side of ['after', 'before'] as const)
      for (const backward of [false, true]) {
        const rows = await reader.findMany({
          where: order.past(middle, side),
          orderBy: order.by(backward),
        });
        const same = await db.$queryRaw<{ id: string }[]>`
          SELECT t.id FROM ${Prisma.raw(tableOf(model))} t WHERE ${order.sql.past(middle, side, 't')}
          ORDER BY ${order.sql.by(backward, 't')}`;
        expect(rows.length).toBeGreaterThan(0);
        expect(same.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
      }
  }
});

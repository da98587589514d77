/** Kill -9 between a file and its row, and between the end of rows and of their files: nothing is lost, or kept for ever. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { reconcileFiles } from '../../src/features/upkeep/reconcile-files.ts';
import { type Ctx, LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';
import { openLog } from '../../src/platform/log.ts';
import { openPlatform, type Platform } from '../../src/platform/platform.ts';
import { policies } from '../../src/worker/handlers.ts';
import { BRIEF_FLAGS } from '../support/brief-flags.ts';
import { moveToNewKeys } from '../support/new-keys.ts';
import { seedFilm } from '../support/seed.ts';
import { makeTestDatabase, type TestDatabase } from '../support/test-database.ts';

const CHILD = path.join(import.meta.dirname, 'support/die.child.ts');
const LONG = { timeout: 120_000 };
const NOW = { olderThanMilliseconds: 0 };

let home: TestDatabase;
let platform: Platform;
let ctx: Ctx;
beforeAll(async () => {
  home = await makeTestDatabase();
  await open();
});
afterAll(async () => {
  await platform.close();
  await home.remove();
});

async function open(): Promise<void> {
  platform = await openPlatform({ ...home, policies }, openLog('fatal'));
  ctx = { ...platform, actor: { name: 'test', workspaceId: LOCAL_WORKSPACE_ID } };
}

/** Another process on the same database and files, until it is killed; the embedded database has room for one. */
async function letDie(...deed: string[]): Promise<void> {
  await platform.close();
  const signal = await new Promise((resolve) => {
    const args = [
      ...BRIEF_FLAGS,
      '--disable-warning=ExperimentalWarning',
      CHILD,
      home.databaseUrl ?? '',
      home.dataDir,
      ...deed,
    ];
    const child = execFile(process.execPath, args, (_error, _stdout, stderr) => {
      resolve(child.signalCode ?? stderr);
    });
  });
  expect(signal).toBe('SIGKILL');
  await open();
}

async function allFiles(): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of ctx.storage.list('')) keys.push(key);
  return keys.toSorted();
}

test('killed between a file and its row, the file is removed once no step can need it', LONG, async () => {
  const { projectId, sceneIds } = await seedFilm(ctx);
  await moveToNewKeys(ctx, projectId);
  const [sceneId = ''] = sceneIds;
  await ctx.db.keyframe.deleteMany({ where: { sceneId, position: 'START' } });
  await reconcileFiles(ctx, NOW);
  await ctx.db.scene.update({ where: { id: sceneId }, data: { status: 'PENDING' } });
  const ended = { status: 'FAILED', completedAt: new Date() } as const;
  const data = { id: newId(), workspaceId: LOCAL_WORKSPACE_ID, projectId, kind: 'FILM', ...ended } as const;
  const run = await ctx.db.pipelineRun.create({ data });
  const before = await allFiles();

  await letDie('draw', sceneId, run.id);
  expect(await allFiles()).toHaveLength(before.length + 1);
  expect(await ctx.db.keyframe.count({ where: { sceneId, position: 'START' } })).toBe(0);
  expect(await reconcileFiles(ctx)).toMatchObject({ removed: 0 });
  expect(await reconcileFiles(ctx, NOW)).toMatchObject({ removed: 1 });
  expect(await allFiles()).toEqual(before);
});

test('killed between the end of its rows and of its files, a project leaves none', LONG, async () => {
  const kept = await seedFilm(ctx);
  await moveToNewKeys(ctx, kept.projectId);
  const before = await allFiles();
  const films = [await seedFilm(ctx), await seedFilm(ctx)];
  const [modern, old] = films;
  if (!modern || !old) throw new Error('Two were made.');
  await moveToNewKeys(ctx, modern.projectId);

  for (const { projectId } of films) {
    const there = await allFiles();
    await letDie('delete', projectId);
    expect(await ctx.db.project.count({ where: { id: projectId } })).toBe(0);
    expect(await allFiles()).toEqual(there);
  }
  expect((await reconcileFiles(ctx, NOW)).removed).toBeGreaterThan(16);
  // Of a film that was seeded where they lay before, no run told the log: whose its film is, nobody knows.
  const left = await allFiles();
  expect(before.filter((key) => !left.includes(key))).toEqual([]);
  expect(left.filter((key) => key.includes(modern.projectId) || key.includes(old.projectId))).toEqual([]);
});

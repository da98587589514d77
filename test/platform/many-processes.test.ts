import { rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openLog } from '../../src/platform/log.ts';
import { DEAD_LETTERS } from '../../src/platform/queue.ts';
import { openPlatform } from '../../src/platform/platform.ts';
import { policies } from '../../src/worker/handlers.ts';
import { findPostgres } from '../support/needs.ts';
import { makeTestDatabase } from '../support/test-database.ts';

test.skipIf(findPostgres() === null)(
  'processes that start at once on an empty database all start',
  async () => {
    const { databaseUrl, dataDir, ...made } = await makeTestDatabase();
    const open = (name: string) =>
      openPlatform({ databaseUrl, dataDir: path.join(dataDir, name), policies }, openLog('fatal'));
    const platforms = await Promise.all(['a', 'b', 'c'].map(open));
    const queues = await Promise.all(platforms.map(({ queue }) => queue.boss.getQueues()));
    const all = [...Object.keys(policies), DEAD_LETTERS].toSorted((a, b) => (a < b ? -1 : 1));
    for (const found of queues)
      expect(found.map(({ name }) => name).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(all);
    await Promise.all(platforms.map((platform) => platform.close()));
    await rm(dataDir, { recursive: true, force: true });
    await made.remove();
  },
);

import type { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/platform/database/database.ts';
import { findPostgres } from '../support/needs.ts';
import { makeTestDatabase } from '../support/test-database.ts';

test.skipIf(findPostgres() !== null)(
  'an embedded database that ends by itself is told, and asks for nothing in vain',
  async () => {
    const home = await makeTestDatabase();
    const made = new Promise<Worker>((resolve) => process.once('worker', resolve));
    const lost = Promise.withResolvers<string>();
    const database = await openDatabase({ directory: home.dataDir, onLost: lost.resolve });
    const thread = await made;
    const waiting = database.pool.query('SELECT pg_sleep(60)');
    await thread.terminate();
    expect(await lost.promise).toBe('The embedded database has stopped.');
    await expect(waiting).rejects.toThrow('has stopped');
    await expect(database.pool.query('SELECT 1')).rejects.toThrow('has stopped');
    await home.remove();
  },
);

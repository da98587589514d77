/** Databases of earlier versions, for tests of what a migration does with their rows. */
import { cpSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { openEmbeddedPool } from '../../../src/platform/database/embedded-pool.ts';
import { migrate } from '../../../src/platform/database/migrate.ts';
import { temporaryFolder } from '../../support/temporary/folder.ts';

const MIGRATIONS = 'prisma/migrations';

/**
 * Opens an embedded database that knows the migrations before one.
 *
 * @param change name of that migration's folder.
 * @param dataDir where the server would keep it; in memory without one.
 * @returns its pool, what brings it up to date, and what closes it.
 */
export async function openOldDatabase(change: string, dataDir?: string) {
  const older = temporaryFolder('migrations');
  for (const name of readdirSync(MIGRATIONS).filter((folder) => folder < change))
    cpSync(path.join(MIGRATIONS, name), path.join(older, name), { recursive: true });
  const embedded = await openEmbeddedPool(dataDir ? path.join(dataDir, 'database') : 'memory://');
  const { pool } = embedded;
  await migrate(pool, older);
  return {
    pool,
    migrate: () => migrate(pool, MIGRATIONS),
    async remove() {
      await embedded.close();
    },
  };
}

export type OldDatabase = Awaited<ReturnType<typeof openOldDatabase>>;

/** API keys for the person at the server's database: no server is asked, for the first key opens its door. */
import {
  createApiKey,
  listApiKeys,
  type NewApiKey,
  type OwnedKey,
  revokeApiKey,
} from './features/api-keys/api-key.ts';
import type { Config } from './platform/config.ts';
import { openDatabase } from './platform/database/database.ts';

export type { NewApiKey, OwnedKey };

export type Keys = {
  create(input: NewApiKey): ReturnType<typeof createApiKey>;
  list(): Promise<OwnedKey[]>;
  revoke(prefix: string): Promise<OwnedKey>;
};

/**
 * Hands out the keys of a server's database, which is brought up to this build first, as at a start.
 *
 * @throws {DirectoryInUseError} if a server has the embedded database.
 * @throws {Error} if PostgreSQL cannot be reached.
 */
export async function withKeys<Result>(
  { databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>,
  use: (keys: Keys) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase(databaseUrl === null ? { directory: dataDir } : { url: databaseUrl });
  const { prisma } = database;
  try {
    return await use({
      create: (input) => createApiKey(prisma, input),
      list: () => listApiKeys(prisma),
      revoke: (prefix) => revokeApiKey(prisma, prefix),
    });
  } finally {
    await database.close();
  }
}

import type { Ctx } from '../../platform/context.ts';
import { namedAmong } from './named-files.sql.ts';

/**
 * Removes files that no row names any more; those that one names stay, whoever's it is. For after the commit that deleted
 * the rows: a crash in between leaves files without a row, which upkeep removes.
 *
 * Whoever has rows name a file of another row must hold that row's project while it does.
 */
export async function removeUnnamed(
  { db, storage }: Pick<Ctx, 'db' | 'storage'>,
  keys: readonly string[],
): Promise<void> {
  const unique = [...new Set(keys)];
  const named = await namedAmong(db, unique);
  await storage.remove(...unique.filter((key) => !named.has(key)));
}

import type { Ctx } from '../../../platform/context.ts';

const HOUR_MILLISECONDS = 60 * 60_000;

/**
 * Deletes the jobs, of all workspaces, whose sheets were begun to be read an hour ago and are not read yet: the process
 * that did it died. Nobody has seen them; their sheets are then strays, which upkeep removes.
 *
 * @returns how many there were.
 */
export async function forgetUnread({ db }: Pick<Ctx, 'db'>, now = new Date()): Promise<number> {
  const before = new Date(now.getTime() - HOUR_MILLISECONDS);
  const { count } = await db.job.deleteMany({ where: { previewedAt: null, createdAt: { lt: before } } });
  return count;
}

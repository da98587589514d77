/** What lies on this machine of films from outside that nobody brings in any more. */
import type { Ctx } from '../../platform/context.ts';
import { LIVE_STATUSES } from '../runs/run-state.ts';

/**
 * Removes what came of films whose runs have ended or are gone: a process died with it, or came too late to remove it. What a live
 * run can go on with stays, also a paused one's.
 *
 * @returns how many there were.
 */
export async function clearIncoming({ db, storage }: Pick<Ctx, 'db' | 'storage'>): Promise<number> {
  const ids = await storage.incoming.list();
  if (ids.length === 0) return 0;
  const live = await db.pipelineRun.findMany({
    where: { status: { in: [...LIVE_STATUSES] }, ingestId: { in: ids } },
    select: { ingestId: true },
  });
  const wanted = new Set(live.map(({ ingestId }) => ingestId));
  const over = ids.filter((id) => !wanted.has(id));
  for (const id of over) await storage.incoming.remove(id);
  return over.length;
}

import { DomainError, InvalidInputError } from '../../../core/errors.ts';
import type { Moment } from '../../../generated/prisma/client.ts';
import type { Actor, Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { keysOfVideo } from '../../assets/named-files.sql.ts';
import { removeUnnamed } from '../../assets/remove-files.ts';
import { makeOnce } from '../../idempotency/make-once.ts';
import { requireMoment } from '../require-moment.ts';
import { changeMoment } from './change-moment.ts';
import { removeMoment } from './delete-moment.ts';
import { holdMoment } from './hold-moment.ts';

/** Most moments that are merged at once; ours. */
export const MOST_MERGED = 20;

const HOW_MANY = `Must be 2 to ${MOST_MERGED} moments.`;

export type Merge = {
  /** Bare UUIDs, in any order. */
  momentIds: readonly string[];
  /** Asked again with it, the same moment is the answer. */
  idempotencyKey?: string | null | undefined;
};

/**
 * Makes one moment of several of a video: the earliest stays, is kept, and ends where the last of them does, with what lies between
 * them. The others are deleted, with what was cut of them.
 *
 * @throws {InvalidInputError} naming `momentIds`.
 * @throws {DomainError} `NOT_FOUND`; `RUN_IN_PROGRESS`; as `makeOnce`.
 */
export async function mergeMoments(ctx: Ctx, { momentIds, idempotencyKey = null }: Merge): Promise<Moment> {
  const ids = [...new Set(momentIds)].toSorted();
  if (ids.length === 0 || ids.length > MOST_MERGED) refuse(HOW_MANY);
  let keys: string[] = [];
  const merged = await makeOnce(
    ctx,
    { asked: { mergeMoments: ids }, key: idempotencyKey },
    {
      make: async (tx) => {
        const all = await holdAll(tx, ctx.actor, ids);
        const [first, ...others] = all.toSorted((one, other) => one.startTime - other.startTime);
        const held = await holdMoment(tx, ctx.actor, { momentId: first!.id });
        keys = await keysOfVideo(tx, held.video.id);
        for (const moment of others) await removeMoment({ ...held, moment });
        // It may have refined one of them.
        const moment = await requireMoment(tx, ctx.actor, first!.id);
        const endTime = Math.max(...all.map((one) => one.endTime));
        return changeMoment({ ...held, moment }, { endTime, discardedAt: null }, 'was merged with others');
      },
      find: (tx, madeId) => tx.moment.findUnique({ where: { id: madeId } }),
    },
  );
  await removeUnnamed(ctx, keys);
  return merged;
}

/** All of them as they are, their video held. */
async function holdAll(tx: Tx, actor: Actor, ids: string[]): Promise<Moment[]> {
  try {
    await holdMoment(tx, actor, { momentId: ids[0]! });
    const all: Moment[] = [];
    for (const id of ids) all.push(await requireMoment(tx, actor, id));
    if (all.length < 2) refuse(HOW_MANY);
    if (new Set(all.map(({ videoId }) => videoId)).size > 1) refuse('Must be moments of one video.');
    return all;
  } catch (error) {
    throw error instanceof DomainError && !(error instanceof InvalidInputError)
      ? new DomainError(error.code, error.message, { path: ['momentIds'] })
      : error;
  }
}

function refuse(message: string): never {
  throw new InvalidInputError([{ path: ['momentIds'], message }]);
}

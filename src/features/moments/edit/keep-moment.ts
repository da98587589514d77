import type { Moment } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { changeMoment } from './change-moment.ts';
import { type Known, withMoment } from './hold-moment.ts';

/**
 * Throws a moment out, or takes it back: it stays as it is, and so does its clip. One that is so already stays so, and
 * nothing is told.
 *
 * @throws {DomainError} `NOT_FOUND`; `VERSION_STALE`.
 */
export const setDiscarded = (ctx: Ctx, known: Known, isDiscarded: boolean): Promise<Moment> =>
  withMoment(
    ctx,
    known,
    async (held) => {
      if ((held.moment.discardedAt !== null) === isDiscarded) return held.moment;
      const how = isDiscarded ? 'was thrown out' : 'is kept again';
      return changeMoment(held, { discardedAt: isDiscarded ? new Date() : null }, how);
    },
    { whileRunning: true },
  );

import { InvalidInputError } from '../../../core/errors.ts';
import { secondsText } from '../../../core/seconds-text.ts';
import type { Moment } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { makeOnce } from '../../idempotency/make-once.ts';
import { insertMoment } from '../insert-moment.ts';
import { isTooShort } from '../moment-rules.ts';
import { standingOf } from '../record-moment.ts';
import { changeMoment } from './change-moment.ts';
import { holdMoment, type Known } from './hold-moment.ts';

export type Split = Known & {
  /** Where, in seconds from the start of the video. */
  atSeconds: number;
  /** Asked again with it, the same moments are the answer. */
  idempotencyKey?: string | null | undefined;
};

/**
 * Makes two moments of one: it ends there, and another of the same title begins there.
 *
 * @returns both as they are now; the first is null where the request is an old one and it is gone.
 * @throws {InvalidInputError} naming `atSeconds`.
 * @throws {DomainError} `NOT_FOUND`; `VERSION_STALE`; `RUN_IN_PROGRESS`; as `makeOnce`.
 */
export async function splitMoment(
  ctx: Ctx,
  { momentId, expectedVersion, atSeconds, idempotencyKey = null }: Split,
): Promise<{ first: Moment | null; second: Moment }> {
  const asked = { splitMoment: momentId, atSeconds };
  const second = await makeOnce(
    ctx,
    { asked, key: idempotencyKey },
    {
      make: async (tx) => {
        const held = await holdMoment(tx, ctx.actor, { momentId, expectedVersion });
        const { video } = held;
        const { startTime, endTime, title, discardedAt } = held.moment;
        const parts = [
          { startSeconds: startTime, endSeconds: atSeconds },
          { startSeconds: atSeconds, endSeconds: endTime },
        ];
        if (parts.some(isTooShort)) {
          const message = `Must be within the moment, 0.1 s and more from its ends, which are at ${secondsText(startTime)} and ${secondsText(endTime)}.`;
          throw new InvalidInputError([{ path: ['atSeconds'], message }]);
        }
        await changeMoment(held, { endTime: atSeconds }, 'was split');
        const row = { startTime: atSeconds, endTime, title, discardedAt };
        return insertMoment(tx, ctx.actor, { video }, row, (made) => ({
          message: `Moment "${title}" of "${video.title}" was made by splitting one.`,
          details: { from: null, to: standingOf(made), startSeconds: atSeconds, endSeconds: endTime },
        }));
      },
      find: (tx, madeId) => tx.moment.findUnique({ where: { id: madeId } }),
    },
  );
  return { first: await ctx.db.moment.findUnique({ where: { id: momentId } }), second };
}

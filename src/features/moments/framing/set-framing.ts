/** Framing shots of a clip by hand. */
import { DomainError } from '../../../core/errors.ts';
import type { Moment } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { lockVideo } from '../../videos/lock-video.ts';
import { recordMoment } from '../record-moment.ts';
import { requireMoment } from '../require-moment.ts';
import { type AskedShot, framedShots } from './framing-input.ts';
import { storedFraming } from './stored-framing.ts';

export type SetFraming = {
  momentId: string;
  /** Version that the framing was read from. */
  expectedVersion: number;
  /** All that are framed by hand; those that are left out are framed by the faces in them. */
  shots: readonly AskedShot[];
};

/**
 * Says how shots of a moment are framed, in place of what was said before. It stays with the moment: each clip that is cut of it
 * from now on has it; the one that is there does not change. Nothing is written, and told, if it is so already.
 *
 * @throws {InvalidInputError} naming each of `shots` that is none.
 * @throws {DomainError} `NOT_FOUND`; `VERSION_STALE` if somebody was faster.
 */
export async function setClipFraming(
  ctx: Ctx,
  { momentId, expectedVersion, shots }: SetFraming,
): Promise<Moment> {
  const { videoId } = await requireMoment(ctx.db, ctx.actor, momentId);
  return ctx.db.$transaction(async (tx) => {
    const video = await lockVideo(tx, ctx.actor, videoId);
    const before = await requireMoment(tx, ctx.actor, momentId);
    if (before.version !== expectedVersion) throw stale(before.version);
    const framing = framedShots(shots, video.durationSeconds);
    if (JSON.stringify(framing) === JSON.stringify(storedFraming.parse(before.framing))) return before;
    const moment = await tx.moment.update({
      where: { id: momentId },
      data: { framing, version: { increment: 1 } },
    });
    await recordMoment(tx, ctx.actor, { video }, moment, {
      message: said(moment, framing.length),
      details: { framing },
    });
    return moment;
  });
}

const said = ({ title }: Moment, count: number): string =>
  count === 0
    ? `Shots of "${title}" are framed by the faces in them.`
    : `${count} ${count === 1 ? 'shot' : 'shots'} of "${title}" ${count === 1 ? 'is' : 'are'} framed by hand.`;

function stale(version: number): DomainError {
  const message = `It was changed since you read it: it is at version ${version} now. Read its framing again.`;
  return new DomainError('VERSION_STALE', message, { path: ['expectedVersion'] });
}

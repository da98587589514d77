import type { Moment, Prisma } from '../../../generated/prisma/client.ts';
import { recordMoment, standingOf } from '../record-moment.ts';
import type { Held } from './hold-moment.ts';

const TOLD = ['title', 'startTime', 'endTime', 'score', 'discardedAt'] as const;

/**
 * Changes a moment and tells of it, within its transaction. What is so already is no change, and nothing is told. A clip
 * that was cut of other times stays: whoever reads it is told that it is stale.
 *
 * @param how in words for people: `was split`.
 */
export async function changeMoment(
  { tx, actor, video, moment: before }: Held,
  data: Pick<Prisma.MomentUncheckedUpdateInput, (typeof TOLD)[number] | 'scoringModel' | 'scoredAt'>,
  how: string,
): Promise<Moment> {
  const changed = TOLD.filter((column) => data[column] !== undefined && data[column] !== before[column]);
  if (changed.length === 0) return before;
  const moment = await tx.moment.update({
    where: { id: before.id },
    data: { ...data, version: { increment: 1 } },
  });
  const pick = (row: Moment) => Object.fromEntries(changed.map((column) => [column, row[column]]));
  await recordMoment(tx, actor, { video }, moment, {
    message: `Moment "${moment.title}" of "${video.title}" ${how}.`,
    details: { from: standingOf(before), to: standingOf(moment), before: pick(before), after: pick(moment) },
  });
  return moment;
}

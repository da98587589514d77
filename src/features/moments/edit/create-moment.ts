import { refuseIssues } from '../../../core/errors.ts';
import type { Moment } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { makeOnce } from '../../idempotency/make-once.ts';
import { titleOf } from '../../projects/title.ts';
import { refuseSecond } from '../../runs/run.ts';
import { lockVideo } from '../../videos/lock-video.ts';
import { insertMoment } from '../insert-moment.ts';
import { issuesOfMoment, tidyTitle, type Times, titleOfTimes } from '../moment-rules.ts';

export type NewMoment = Times & {
  videoId: string;
  /** The first that is said in it unless given. */
  title?: string | null | undefined;
  /** Made of the title unless given. */
  identifier?: string | null | undefined;
  /** Asked again with it, the same moment is the answer. */
  idempotencyKey?: string | null | undefined;
};

/**
 * Makes a moment of a part of a video that a person chose.
 *
 * @throws {InvalidInputError} naming each field that is wrong.
 * @throws {DomainError} `NOT_FOUND`; `RUN_IN_PROGRESS`; as `makeOnce`.
 */
export function createMoment(ctx: Ctx, input: NewMoment): Promise<Moment> {
  const { videoId, startSeconds, endSeconds, idempotencyKey = null } = input;
  const title = input.title ?? undefined;
  const identifier = input.identifier ?? undefined;
  const asked = { createMoment: videoId, startSeconds, endSeconds, title, identifier };
  return makeOnce(
    ctx,
    { asked, key: idempotencyKey },
    {
      make: async (tx) => {
        const video = await lockVideo(tx, ctx.actor, videoId);
        refuseIssues(issuesOfMoment(video, { startSeconds, endSeconds, title, identifier }));
        await refuseSecond(tx, { type: 'Video', id: videoId });
        const times = { startSeconds, endSeconds };
        const row = { startTime: startSeconds, endTime: endSeconds, identifier };
        const named = title === undefined ? await saidIn(tx, videoId, times) : tidyTitle(title);
        return insertMoment(tx, ctx.actor, { video }, { ...row, title: named }, () => ({
          message: `Moment "${named}" of "${video.title}" was made by hand.`,
          details: { from: null, to: 'KEPT', startSeconds, endSeconds },
        }));
      },
      find: (tx, madeId) => tx.moment.findUnique({ where: { id: madeId } }),
    },
  );
}

/** The first sentence that begins in a part of a video; its times without one. */
async function saidIn(tx: Tx, videoId: string, times: Times): Promise<string> {
  const sentence = await tx.transcriptSentence.findFirst({
    where: { transcript: { videoId }, startTime: { gte: times.startSeconds, lt: times.endSeconds } },
    orderBy: { sentenceIndex: 'asc' },
    select: { text: true },
  });
  return sentence ? titleOf(sentence.text) : titleOfTimes(times);
}

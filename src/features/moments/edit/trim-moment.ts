import { DomainError, InvalidInputError } from '../../../core/errors.ts';
import type { Moment } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { wordsOf } from '../../transcripts/text-columns.ts';
import { changeMoment } from './change-moment.ts';
import { type Known, withMoment } from './hold-moment.ts';

export type Trim = Known & {
  /** Place of its first word among `Transcript.words`, from 0. */
  fromWordIndex: number;
  /** Place of its last word. */
  toWordIndex: number;
};

/**
 * Has a moment begin and end with words of the transcript: wherever they are, also outside of it.
 *
 * @throws {InvalidInputError} naming the index that is wrong.
 * @throws {DomainError} `NOT_FOUND`, also where the video has no transcript; `VERSION_STALE`; `RUN_IN_PROGRESS`.
 */
export const trimMoment = (ctx: Ctx, { fromWordIndex, toWordIndex, ...known }: Trim): Promise<Moment> =>
  withMoment(ctx, known, async (held) => {
    const transcript = await held.tx.transcript.findUnique({ where: { videoId: held.video.id } });
    if (!transcript) {
      const message = 'Its video has no transcript, so there are no words to trim it by.';
      throw new DomainError('NOT_FOUND', message, { path: ['momentId'] });
    }
    const words = wordsOf(transcript);
    const first = words[fromWordIndex] ?? refuse('fromWordIndex', `Must be 0 to ${words.length - 1}.`);
    const last = words[toWordIndex] ?? refuse('toWordIndex', `Must be 0 to ${words.length - 1}.`);
    if (toWordIndex < fromWordIndex) refuse('toWordIndex', 'Must not be before the first word.');
    // What a recogniser heard may end after the last picture.
    const endTime = Math.min(last.endSeconds, held.video.durationSeconds);
    if (endTime <= first.startSeconds)
      refuse('toWordIndex', 'These words take no time in the video; take more of them.');
    return changeMoment(held, { startTime: first.startSeconds, endTime }, 'was trimmed to its words');
  });

function refuse(field: string, message: string): never {
  throw new InvalidInputError([{ path: [field], message }]);
}

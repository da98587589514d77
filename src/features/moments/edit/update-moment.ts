import { refuseIssues } from '../../../core/errors.ts';
import type { Moment } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { issuesOfMoment, tidyTitle, type Times } from '../moment-rules.ts';
import { changeMoment } from './change-moment.ts';
import { type Known, withMoment } from './hold-moment.ts';

export type MomentChange = Known &
  Partial<Record<keyof Times, number | null | undefined>> & {
    title?: string | null | undefined;
    /** How good a person finds it; null for no score. */
    score?: number | null | undefined;
  };

/**
 * Changes what is given of a moment. Its title and its score may change while a run works on the video, its times not.
 *
 * @throws {InvalidInputError} naming each field that is wrong.
 * @throws {DomainError} `NOT_FOUND`; `VERSION_STALE`; `RUN_IN_PROGRESS`.
 */
export function updateMoment(ctx: Ctx, input: MomentChange): Promise<Moment> {
  const title = input.title ?? undefined;
  const { score } = input;
  const hasTimes = input.startSeconds != null || input.endSeconds != null;
  return withMoment(
    ctx,
    input,
    async (held) => {
      const startSeconds = input.startSeconds ?? held.moment.startTime;
      const endSeconds = input.endSeconds ?? held.moment.endTime;
      refuseIssues(
        issuesOfMoment(held.video, { ...(hasTimes && { startSeconds, endSeconds }), title, score }),
      );
      const scored = {
        score: score ?? null,
        scoringModel: null,
        scoredAt: score == null ? null : new Date(),
      };
      const columns = {
        startTime: startSeconds,
        endTime: endSeconds,
        ...(title !== undefined && { title: tidyTitle(title) }),
        ...(score !== undefined && scored),
      };
      return changeMoment(held, columns, 'was changed');
    },
    { whileRunning: !hasTimes },
  );
}

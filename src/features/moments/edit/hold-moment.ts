/** A moment that is about to be changed by a person. */
import { DomainError } from '../../../core/errors.ts';
import type { Moment, Video } from '../../../generated/prisma/client.ts';
import type { Actor, Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { refuseSecond } from '../../runs/run.ts';
import { lockVideo } from '../../videos/lock-video.ts';
import { requireMoment } from '../require-moment.ts';

/** Which moment, and as whoever changes it knows it. */
export type Known = {
  momentId: string;
  /** Its `version` when it was read; whatever it is now without. */
  expectedVersion?: number | null | undefined;
};

/** What edits of a moment find: it and its video, which is held until `tx` ends. */
export type Held = { tx: Tx; actor: Actor; video: Video; moment: Moment };

/**
 * Holds the video of a moment within `tx`, and reads the moment as it is then.
 *
 * @param whileRunning whether it may be changed while a run works on the video: what no run looks at.
 * @throws {DomainError} `NOT_FOUND`; `RUN_IN_PROGRESS`; `VERSION_STALE` if somebody was faster.
 */
export async function holdMoment(
  tx: Tx,
  actor: Actor,
  { momentId, expectedVersion }: Known,
  { whileRunning = false } = {},
): Promise<Held> {
  const { videoId } = await requireMoment(tx, actor, momentId);
  const video = await lockVideo(tx, actor, videoId);
  if (!whileRunning) await refuseSecond(tx, { type: 'Video', id: videoId }, ['momentId']);
  // Again: another who changes or deletes it may have been faster.
  const moment = await requireMoment(tx, actor, momentId);
  if (expectedVersion != null && moment.version !== expectedVersion) throw stale(moment.version);
  return { tx, actor, video, moment };
}

/** Does something to a moment in a transaction of its own; as {@link holdMoment}. */
export const withMoment = <Result>(
  { db, actor }: Pick<Ctx, 'db' | 'actor'>,
  known: Known,
  work: (held: Held) => Promise<Result>,
  options: { whileRunning?: boolean } = {},
): Promise<Result> => db.$transaction(async (tx) => work(await holdMoment(tx, actor, known, options)));

function stale(version: number): DomainError {
  const message = `It was changed since you read it: it is at version ${version} now. Read it again.`;
  return new DomainError('VERSION_STALE', message, { path: ['expectedVersion'] });
}

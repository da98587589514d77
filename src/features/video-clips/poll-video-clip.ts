/** Asking providers about clips they were paid for. No job of the queue: thousands may wait without holding a worker. */
import { messageOf } from '../../core/outside-text.ts';
import type { Ctx } from '../../platform/context.ts';
import type { ClipVerdict } from '../../providers/clip-verdict.ts';
import type { CallOptions } from '../../providers/capabilities/capability.ts';
import type { RemoteClips } from '../../providers/capabilities/clip.ts';
import { isNotThere, ProviderError } from '../../providers/provider-error.ts';
import { recordTogether } from '../audit/log/audit.ts';
import { actFor } from '../runs/engine/act-for.ts';
import { advance } from '../runs/engine/advance.ts';
import type { Flows } from '../runs/engine/pipeline.ts';
import { NotStored } from '../runs/engine/postponed.ts';
import { isWorking } from '../runs/run-state.ts';
import { lockRun } from '../runs/run.sql.ts';
import type { DueVideoClip } from './due-video-clips.sql.ts';
import { keepVerdict, secondsFromNow } from './keep-verdict.ts';
import { notesOf } from './provider-notes.ts';
import { requireRemote } from './remote-clips.ts';

/** Seconds a claimed poll belongs to its worker; one that takes longer holds on to it. */
export const POLL_LEASE_SECONDS = 10;

/** Longest that a poll may take, in seconds, unless its adapter says otherwise. */
const POLL_LIMIT_SECONDS = 8;

/**
 * Asks about one claimed clip and writes what came back, with the next jobs of its run; a poll that another worker has
 * taken over meanwhile writes nothing.
 */
export async function pollVideoClip(
  ctx: Ctx,
  flows: Flows,
  { videoClipId, runId, pollCount }: DueVideoClip,
  signal: AbortSignal,
): Promise<void> {
  const clip = await ctx.db.videoClip.findUnique({
    where: { id: videoClipId },
    include: { scene: { include: { project: true } } },
  });
  if (!clip?.operationName) return;
  const { project, ...scene } = clip.scene;
  const clips = requireRemote(project);
  const told = await holding(ctx, { videoClipId, pollCount }, () =>
    ask(clips, clip.operationName ?? '', { signal, notes: notesOf(ctx, project) }),
  );
  // What a poll almost always says, in one statement: two hundred clips that wait must not keep a processor busy.
  if (told.verdict === 'STILL_WORKING' && clip.status === 'POLLING' && pollCount + 1 < clips.maxPolls) {
    await ctx.db.videoClip.updateMany({
      where: { id: videoClipId, status: 'POLLING', pollCount, nextPollAt: { not: null } },
      data: {
        pollCount: pollCount + 1,
        nextPollAt: secondsFromNow(clips.pollSeconds),
        missingSince: null,
      },
    });
    return;
  }
  const keep = (what: ClipVerdict) =>
    recordTogether(ctx.db, async (tx) => {
      const run = await lockRun(tx, runId);
      const now = await tx.videoClip.findUnique({ where: { id: videoClipId } });
      if (!run || !isWorking(run) || !now || now.pollCount !== pollCount || now.nextPollAt === null) return;
      const own = actFor(ctx, run);
      const isWaiting = await keepVerdict(tx, own, { run, scene, clip: now, clips }, what);
      if (!isWaiting) await advance(tx, own, flows, (await lockRun(tx, runId)) ?? run);
    });
  try {
    await keep(told);
  } catch (error) {
    // It counts as asked all the same: what cannot be written now would be asked for without end.
    await keep({ verdict: 'NOT_KNOWN', about: 'ODD', words: new NotStored(error).message });
  }
}

/** Keeps the claim on a clip while it is asked about: nobody else asks meanwhile, and a dead worker's is free soon. */
async function holding<Told>(
  { db }: Pick<Ctx, 'db'>,
  { videoClipId, pollCount }: Pick<DueVideoClip, 'videoClipId' | 'pollCount'>,
  work: () => Promise<Told>,
): Promise<Told> {
  const hold = () =>
    db.videoClip
      .updateMany({
        where: { id: videoClipId, pollCount, nextPollAt: { not: null } },
        data: { nextPollAt: secondsFromNow(POLL_LEASE_SECONDS) },
      })
      .catch(() => {});
  const timer = setInterval(() => void hold(), (POLL_LEASE_SECONDS / 2) * 1_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

async function ask(
  clips: RemoteClips,
  operationName: string,
  { signal: worker, notes }: Pick<CallOptions, 'signal' | 'notes'>,
): Promise<ClipVerdict> {
  const limit = AbortSignal.timeout((clips.pollLimitSeconds ?? POLL_LIMIT_SECONDS) * 1_000);
  try {
    return await clips.poll(operationName, {
      signal: AbortSignal.any([worker, limit]),
      ...(notes && { notes }),
    });
  } catch (error) {
    if (worker.aborted) throw error;
    const words = messageOf(error);
    if (!(error instanceof ProviderError))
      return { verdict: 'TRY_AGAIN_LATER', words, retryAfterSeconds: null };
    // To refuse an answer is none about the clip.
    if (isNotThere(error)) return { verdict: 'NOT_KNOWN', about: 'NOT_FOUND', words };
    return { verdict: 'TRY_AGAIN_LATER', words, retryAfterSeconds: error.retryAfterSeconds };
  }
}

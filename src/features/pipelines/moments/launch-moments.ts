/** Launching a run of moments: what the mutation does before the background takes over. */
import { DomainError, type InputIssue, refuseIssues } from '../../../core/errors.ts';
import { upTo } from '../../../core/stages/stages.ts';
import type { PipelineRun, Video } from '../../../generated/prisma/client.ts';
import type { Actor, Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { untilKnown } from '../../../platform/database/lost-commit.ts';
import { capIssues } from '../../budget/cap.ts';
import { checkKey, digestOf } from '../../idempotency/idempotency-key.ts';
import { keepConfig } from '../../moments/keep-config.ts';
import { createRun, warn } from '../../runs/run.ts';
import { lockVideo, requireVideo } from '../../videos/lock-video.ts';
import { checkRoom } from '../confirm/disk-check.ts';
import { findRepeated } from '../confirm/find-repeated.ts';
import { flows } from '../flows.ts';
import type { MomentsOrder } from './moments-order.ts';
import { momentsCost } from './moments-cost.ts';
import { momentsIssues } from './moments-issues.ts';
import { momentsOptions } from './moments-options.ts';

/** A second of 1080p clip, twice: in the making, and kept. Ours; what an action film takes. */
const BYTES_PER_SECOND = 2 * 2 * 1024 ** 2;

/**
 * Launches a run that finds the moments of a video and cuts them. What is there already is not made again: a transcript, moments of
 * the same configuration, clips of the same cut.
 *
 * @throws {InvalidInputError} with every issue found.
 * @throws {DomainError} `PROVIDER_NOT_CONFIGURED` naming `transcriptSource` or `model`, where what costs is asked for and nobody here sells it; `NOT_FOUND` naming `videoId`, or `momentIds` if one is not a kept moment of the video; `RUN_IN_PROGRESS`;
 * `INSUFFICIENT_DISK`; `IDEMPOTENCY_CONFLICT`; `INVALID_INPUT` naming `videoId`, if there is nothing to cut.
 */
export async function launchMoments(ctx: Ctx, order: MomentsOrder): Promise<PipelineRun> {
  const { idempotencyKey } = order;
  await checkOrder(ctx.db, ctx.actor, order);
  const { priority: _priority, idempotencyKey: _key, ...asked } = order;
  const requestDigest = digestOf({ runMoments: asked });
  const launch = () => ctx.db.$transaction((tx) => launchWithin(tx, ctx, order, requestDigest));
  return idempotencyKey === null ? launch() : untilKnown(launch);
}

/**
 * Refuses an order that no launch would take, whatever it costs. What is not there is said before what is wrong.
 *
 * @throws {InvalidInputError} with every issue found.
 * @throws {DomainError} as `launchMoments`, of what is not there; `INVALID_INPUT` naming `stopAfter`.
 */
export async function checkOrder(
  db: Pick<Tx, 'moment' | 'video'>,
  actor: Actor,
  order: MomentsOrder,
): Promise<void> {
  await refuseMissing(db, actor, order);
  refuseIssues(issuesOf(order));
  upTo(flows.pipelines.MOMENTS.stages, order.stopAfter);
  if (order.idempotencyKey !== null) checkKey(order.idempotencyKey);
}

const issuesOf = ({ way, options, maxCostCents }: MomentsOrder): InputIssue[] => [
  ...momentsIssues(way, options),
  ...capIssues('maxCostCents', maxCostCents),
];

async function launchWithin(
  tx: Tx,
  ctx: Ctx,
  order: MomentsOrder,
  requestDigest: string,
): Promise<PipelineRun> {
  const { videoId, scope, way, options, idempotencyKey } = order;
  const video = await lockVideo(tx, ctx.actor, videoId);
  const repeated = await findRepeated(tx, ctx.actor, idempotencyKey, requestDigest);
  if (repeated) return repeated;
  await refuseMissing(tx, ctx.actor, order);
  const warning = await checkRoom(ctx.storage, bytesNeeded(video, order));
  const cost = await momentsCost(tx, video, order);
  const config = scope === 'CLIPS_ONLY' ? null : await keepConfig(tx, video.workspaceId, way);
  const run = await createRun(tx, ctx, flows, {
    kind: 'MOMENTS',
    subject: { type: 'Video', id: videoId },
    estimatedCostMicroUsd: BigInt(Math.round(cost.hearing.likely + cost.finding.likely)),
    priority: order.priority,
    stopAfter: order.stopAfter,
    options: momentsOptions.parse(options),
    maxCostCents: order.maxCostCents,
    idempotencyKey,
    requestDigest,
    columns: {
      momentsScope: scope,
      generationConfigId: config?.id ?? null,
      identifier: await identifierFor(tx, video),
    },
  });
  if (warning !== null) await warn(tx, ctx.actor, run, warning);
  return run;
}

/** `moments-<video>-<number>`; runs are deleted with their video only, so their number only grows. */
async function identifierFor(tx: Tx, { id, identifier }: Video): Promise<string> {
  const before = await tx.pipelineRun.count({ where: { videoId: id } });
  return `moments-${identifier}-${before + 1}`;
}

function bytesNeeded({ durationSeconds }: Video, { scope, way, options }: MomentsOrder): number {
  if (scope === 'MOMENTS_ONLY') return 0;
  const seconds = Math.min(durationSeconds, way.maxMomentLength) * Math.min(options.maxClips, way.maxMoments);
  return seconds * BYTES_PER_SECOND;
}

/**
 * Refuses a video and moments that are not there.
 *
 * @throws {DomainError} as `launchMoments`.
 */
async function refuseMissing(
  db: Pick<Tx, 'moment' | 'video'>,
  actor: Actor,
  { videoId, scope, options }: Pick<MomentsOrder, 'videoId' | 'scope' | 'options'>,
): Promise<void> {
  await requireVideo(db, actor, videoId);
  const kept = { videoId, discardedAt: null };
  const { momentIds } = options;
  if (momentIds !== null) {
    const found = await db.moment.count({ where: { ...kept, id: { in: momentIds } } });
    if (found === new Set(momentIds).size) return;
    throw new DomainError('NOT_FOUND', 'All must be moments of the video that are not discarded.', {
      path: ['momentIds'],
    });
  }
  if (scope !== 'CLIPS_ONLY' || (await db.moment.count({ where: kept })) > 0) return;
  const message = 'The video has no moment to cut; find some first, or make one by hand.';
  throw new DomainError('INVALID_INPUT', message, { path: ['videoId'] });
}

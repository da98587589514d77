/** What players need of a film, made one after the other: each is a step. */
import type { Prisma, Video } from '../../generated/prisma/client.ts';
import type { Tx } from '../../platform/database/database.ts';
import { fileKeys } from '../assets/file-keys.ts';
import { recordAudit } from '../audit/log/audit.ts';
import { Postponed } from '../runs/engine/postponed.ts';
import { type DefinedStep, defineStep, type WorkCtx } from '../runs/engine/step.ts';
import { scopesOfRun } from '../runs/run-subject.ts';
import { WORKING_STATUSES } from '../runs/run-state.ts';
import { lockVideoRow } from '../videos/video.sql.ts';
import { ASSET_SHARES, ingestInput, type IngestInput } from './ingest.ts';

/** Something that is made of a film, with the columns of the video that tell of it. */
type Making = {
  /** Of its step and queue, for good. */
  name: string;
  share: keyof typeof ASSET_SHARES;
  /** For people: "the poster". */
  noun: string;
  isThere: (video: Video) => boolean;
  make: (ctx: WorkCtx, video: Video, tools: Tools) => Promise<Prisma.VideoUpdateInput>;
};

export type Tools = {
  /** Key of a file of this video that this run makes, the same each time it is made. */
  keyOf: (name: string, extension: string) => string;
  signal: AbortSignal;
  /** Called with the seconds of the film that are done. */
  onSeconds: (seconds: number) => void;
};

type Prepared = { runId: string; video: Video };

/** Another run that brings in the same film may be making it: this one looks again then. */
const LOOK_AGAIN_MILLISECONDS = 2_000;

/** A step that makes something of a film, unless it is there. */
export const assetStep = ({ name, share, noun, isThere, make }: Making): DefinedStep<IngestInput> =>
  defineStep<IngestInput, Prepared, Prisma.VideoUpdateInput>({
    name,
    input: ingestInput,
    key: () => name,
    retryPolicy: { limit: 3, delaySeconds: 2 },

    async begin(tx, _ctx, run, { ingestId }) {
      const { videoId, videoSince } = await tx.ingest.findUniqueOrThrow({ where: { id: ingestId } });
      if (videoId === null || videoSince === null) return null;
      await refuseSecond(tx, videoId, videoSince);
      const video = await tx.video.findUniqueOrThrow({ where: { id: videoId } });
      return isThere(video) ? null : { runId: run.id, video };
    },

    async work(ctx, { runId, video }, signal, tell) {
      const keys = await fileKeys(ctx.db);
      return make(ctx, video, {
        keyOf: (of, extension) => keys.keyOf(video.workspaceId, `${of}:${video.id}:${runId}`, extension),
        signal,
        onSeconds: (seconds) => {
          const done = Math.min(1, seconds / video.durationSeconds);
          const times = `${seconds.toFixed(0)} of ${video.durationSeconds.toFixed(0)} s`;
          tell('PROBE', ASSET_SHARES[share] * done, `Making ${noun}: ${times}.`);
        },
      });
    },

    async finish(tx, ctx, run, { ingestId }, data) {
      const { videoId } = await tx.ingest.findUniqueOrThrow({ where: { id: ingestId } });
      if (videoId === null) return;
      const { title } = await tx.video.update({ where: { id: videoId }, data });
      await recordAudit(tx, ctx.actor, {
        subject: { type: 'Video', id: videoId },
        scopes: scopesOfRun(run),
        eventType: 'STATE_CHANGE',
        message: `Film "${title}" has ${noun}.`,
        details: { made: share },
      });
    },

    async fail() {},
  });

/** Of several runs that bring in one film, the first that came to its video makes it. */
async function refuseSecond(tx: Tx, videoId: string, videoSince: Date): Promise<void> {
  await lockVideoRow(tx, videoId);
  const earlier = { videoId, videoSince: { lt: videoSince } };
  const working = { status: { in: [...WORKING_STATUSES] }, ingest: earlier };
  if ((await tx.pipelineRun.count({ where: working })) === 0) return;
  throw new Postponed(new Date(Date.now() + LOOK_AGAIN_MILLISECONDS));
}

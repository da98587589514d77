/** The step that fetches a film from outside and puts it into the library. */
import { open, stat } from 'node:fs/promises';
import { DomainError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import type { Ingest, Video } from '../../generated/prisma/client.ts';
import { probeSource, type SourceProbe } from '../../media/ingest/probe-source.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { keepPatiently } from '../../platform/storage/keep-patiently.ts';
import { isRefusedByDisk } from '../../platform/storage/refusals.ts';
import { isForWantOfStorage } from '../../platform/storage/storage-away.ts';
import { fileKeys } from '../assets/file-keys.ts';
import { recordAudit } from '../audit/log/audit.ts';
import { defineStep, type TellProgress, type WorkCtx } from '../runs/engine/step.ts';
import { scopesOfRun } from '../runs/run-subject.ts';
import { isWorking } from '../runs/run-state.ts';
import { warn } from '../runs/run.ts';
import { lockFilm } from '../videos/lock-film.sql.ts';
import { identifierOf, visibleVideos } from '../videos/video.ts';
import { lockVideoRow } from '../videos/video.sql.ts';
import { ingestInput, type IngestInput } from './ingest.ts';
import { extensionOf, HEAD_BYTES } from './source/sniff.ts';
import { takeSource } from './source/take-source.ts';

type Prepared = { runId: string; ingest: Ingest };
/** A key for what was kept; null where the library has the film already. */
type Fetched = { probed: SourceProbe; key: string | null };

/** Shares of the stage: the way here, and reading it. */
const FETCHED = 0.7;

export const fetchSourceStep = defineStep<IngestInput, Prepared, Fetched>({
  name: 'fetch-source',
  input: ingestInput,
  key: () => 'fetch-source',
  retryPolicy: { limit: 3, delaySeconds: 2 },

  async begin(tx, _ctx, run, { ingestId }) {
    const ingest = await tx.ingest.findUniqueOrThrow({ where: { id: ingestId } });
    return ingest.videoId === null && ingest.filePath === null ? { runId: run.id, ingest } : null;
  },

  async work(ctx, { runId, ingest }, signal, tell) {
    const { incoming } = ctx.storage;
    try {
      return await incoming.withFolder(ingest.id, (folder) => fetchTo(folder, ctx, ingest, signal, tell));
    } catch (error) {
      // What another try or process can go on with stays, and nothing else.
      if (isVerdict(error) || (signal.aborted && (await isOver(ctx, runId))))
        await incoming.remove(ingest.id);
      throw error;
    }
  },

  async finish(tx, ctx, run, { ingestId }, { probed, key }) {
    const ingest = await tx.ingest.findUniqueOrThrow({ where: { id: ingestId } });
    await lockFilm(tx, ingest.workspaceId, probed.sha256);
    const twin = await findTwin(tx, ingest, probed.sha256);
    const { sha256 } = probed;
    if (twin) {
      // Two came at once: the file of the slower one is removed by a step of its own (`drop-twin`).
      const found = key === null ? { videoId: twin.id, videoSince: new Date() } : { filePath: key };
      await tx.ingest.update({ where: { id: ingestId }, data: { sha256, ...found } });
      return;
    }
    // It was deleted since the look; the plan has it fetched again.
    if (key === null) return;
    const id = newId();
    const identifier = await freeIdentifier(tx, ingest, id);
    if (ingest.identifier !== null && identifier !== ingest.identifier)
      await warn(
        tx,
        ctx.actor,
        run,
        `The identifier ${ingest.identifier} is taken by now; it is ${identifier}.`,
      );
    const video = await tx.video.create({
      data: { id, identifier, filePath: key, ...videoOf(ingest, probed) },
    });
    await tx.ingest.update({
      where: { id: ingestId },
      data: { sha256, videoId: id, videoSince: new Date() },
    });
    await recordAudit(tx, ctx.actor, {
      subject: { type: 'Video', id },
      scopes: scopesOfRun(run),
      eventType: 'STATE_CHANGE',
      message: `Film "${video.title}" is in the library (${video.durationSeconds.toFixed(2)} s).`,
      details: { from: null, to: video.reviewStatus, durationSeconds: video.durationSeconds },
    });
  },

  // The plan sees the failure on the run.
  async fail() {},
});

async function fetchTo(
  folder: string,
  ctx: WorkCtx,
  ingest: Ingest,
  signal: AbortSignal,
  tell: TellProgress,
): Promise<Fetched> {
  const onProgress = (share: number) => tell('FETCH', share * FETCHED, 'Fetching the film.');
  const file = await takeSource(ctx, ingest, { folder, signal, onProgress });
  const { size } = await stat(file);
  const probed = await probeSource(file, size, {
    signal,
    onProgress: (share) => tell('FETCH', FETCHED + share * (1 - FETCHED), 'Reading the film.'),
  }).catch((error: unknown) => {
    throw toRefusal(error);
  });
  if (await findTwin(ctx.db, ingest, probed.sha256)) return { probed, key: null };
  const key = (await fileKeys(ctx.db)).keyOf(ingest.workspaceId, `ingest:${ingest.id}`, await endingOf(file));
  await keepPatiently(ctx.storage, file, key, signal);
  return { probed, key };
}

/** What the child says of a file that was brought in is about the file, not about our storage. */
function toRefusal(error: unknown): unknown {
  if (!(error instanceof DomainError) || error.code !== 'MEDIA_FAILED' || isRefusedByDisk(error))
    return error;
  const why = error.message.replace(/^[^:]*: /, '').replace(/\.?$/, '');
  return new DomainError('SOURCE_FAILED', `It was not brought in: ${why}.`, { cause: error });
}

const isVerdict = (error: unknown): boolean =>
  isRefusedByDisk(error) || (error instanceof DomainError && !isForWantOfStorage(error));

async function isOver({ db }: Pick<Ctx, 'db'>, runId: string): Promise<boolean> {
  const run = await db.pipelineRun.findUnique({ where: { id: runId }, select: { status: true } });
  return !run || (!isWorking(run) && run.status !== 'PAUSED');
}

async function endingOf(file: string): Promise<string> {
  await using handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  return extensionOf(buffer.subarray(0, bytesRead));
}

/** The film of the same bytes that the workspace has; one that is being deleted is waited for where `db` is a transaction. */
export async function findTwin(
  db: Pick<Tx, 'video'> | Tx,
  { workspaceId }: Pick<Ingest, 'workspaceId'>,
  sha256: string,
): Promise<Video | null> {
  const where = { sha256, ...visibleVideos({ name: 'worker', workspaceId }) };
  const found = await db.video.findFirst({ where });
  if (!found || !('$queryRaw' in db)) return found;
  await lockVideoRow(db, found.id);
  return db.video.findFirst({ where });
}

/** What a person asked for, unless another film came to have it meanwhile. */
async function freeIdentifier(tx: Tx, { identifier, title }: Ingest, id: string): Promise<string> {
  if (identifier === null) return identifierOf({ id, title });
  const taken = await tx.video.count({ where: { identifier } });
  return taken === 0 ? identifier : `${identifier}-${id.slice(-8)}`;
}

const videoOf = ({ workspaceId, title, sourceUrl, language }: Ingest, probed: SourceProbe) => ({
  workspaceId,
  title,
  sourceUrl,
  language,
  origin: 'INGESTED' as const,
  sha256: probed.sha256,
  durationSeconds: probed.durationSeconds,
  fileSizeBytes: probed.fileSizeBytes,
  videoCodec: probed.videoCodec,
  audioCodec: probed.audioCodec,
  width: probed.width,
  height: probed.height,
  frameRate: probed.frameRate,
  rotationDegrees: probed.rotationDegrees,
  audioChannels: probed.channels,
  audioTracks: probed.audioTracks,
  subtitleStreams: probed.subtitleStreams,
});

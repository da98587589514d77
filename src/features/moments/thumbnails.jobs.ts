/** The step that chooses and keeps the stills of a video and of its clips. */
import { stat } from 'node:fs/promises';
import { messageOf } from '../../core/outside-text.ts';
import { newId } from '../../core/ids.ts';
import type { PipelineRun, Prisma } from '../../generated/prisma/client.ts';
import { chooseStills } from '../../media/still/choose-stills.ts';
import { poster } from '../../media/still/poster.ts';
import type { Actor } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { keepPatiently } from '../../platform/storage/keep-patiently.ts';
import { type FileKeys, fileKeys } from '../assets/file-keys.ts';
import { defineStep, type WorkCtx } from '../runs/engine/step.ts';
import { skipStage } from '../runs/skip-stage.ts';
import { videoInput, type VideoInput } from '../videos/survey/survey-video.jobs.ts';
import { recordThumbnail } from './record-moment.ts';

/** What a still stands for. */
type Subject = { videoId: string } | { clipId: string };
type Film = { of: Subject; workspaceId: string; filePath: string; durationSeconds: number };
type Still = { of: Subject; filePath: string; atSeconds: number; fileSizeBytes: number };
type Made = { stills: Still[]; failures: string[] };

/** Pictures that a still is the best of. */
const CANDIDATES = 3;

/** Makes the stills that a video and its clips lack. What cannot be made is told, and the run goes on without it. */
export const thumbnailsStep = defineStep<VideoInput, Film[], Made>({
  name: 'make-thumbnails',
  input: videoInput,
  key: () => 'thumbnails',
  retryPolicy: { limit: 3, delaySeconds: 1 },

  async begin(tx, _ctx, _run, { videoId }) {
    const films = await readLacking(tx, videoId);
    return films.length > 0 ? films : null;
  },

  async work({ db, storage }, films, signal) {
    const keys = await fileKeys(db);
    const made: Made = { stills: [], failures: [] };
    for (const film of films) {
      try {
        made.stills.push(await makeStill(storage, keys, film, signal));
      } catch (error) {
        if (signal.aborted) throw error;
        made.failures.push(messageOf(error));
      }
    }
    return made;
  },

  async finish(tx, ctx, run, { videoId }, { stills, failures }) {
    const lacking = new Set((await readLacking(tx, videoId)).map(({ of }) => nameOf(of)));
    for (const still of stills.filter(({ of }) => lacking.has(nameOf(of)))) {
      await insertStill(tx, ctx.actor, run, still);
    }
    const [first] = failures;
    if (first === undefined) return;
    const reason = `${stills.length} of ${stills.length + failures.length} stills are made. ${first}`;
    await skipStage(tx, ctx.actor, run, { stage: 'THUMBNAILS', reason });
  },

  // Clips without stills are clips all the same.
  fail: (tx, ctx, run, _input, { message }) =>
    skipStage(tx, ctx.actor, run, { stage: 'THUMBNAILS', reason: `No stills: ${message}` }),
});

const nameOf = (of: Subject): string =>
  'clipId' in of ? `thumbnail:clip:${of.clipId}` : `thumbnail:video:${of.videoId}`;

/** The video and its clips, those without a still. */
export async function readLacking(tx: Tx, videoId: string): Promise<Film[]> {
  const video = await tx.video.findUnique({
    where: { id: videoId },
    include: {
      thumbnail: { select: { id: true } },
      clips: { where: { thumbnail: null }, orderBy: { id: 'asc' } },
    },
  });
  if (!video) return [];
  const { workspaceId, filePath, durationSeconds, thumbnail, clips } = video;
  const own: Film[] = thumbnail ? [] : [{ of: { videoId }, workspaceId, filePath, durationSeconds }];
  return [...own, ...clips.map(({ id, ...clip }) => ({ ...filmOf(clip), workspaceId, of: { clipId: id } }))];
}

const filmOf = ({ filePath, durationSeconds }: Pick<Film, 'filePath' | 'durationSeconds'>) => ({
  filePath,
  durationSeconds,
});

const makeStill = (
  storage: WorkCtx['storage'],
  keys: FileKeys,
  { of, workspaceId, filePath, durationSeconds }: Film,
  signal: AbortSignal,
): Promise<Still> =>
  storage.withFiles([filePath], ([file = '']) =>
    storage.withTemporary('jpg', async (picture) => {
      const [best] = await chooseStills({ file, durationSeconds, count: CANDIDATES }, { signal });
      const atSeconds = best?.atSeconds ?? 0;
      await poster(file, atSeconds, picture, { signal });
      const { size } = await stat(picture);
      const key = keys.keyOf(workspaceId, nameOf(of), 'jpg');
      await keepPatiently(storage, picture, key, signal);
      return { of, filePath: key, atSeconds, fileSizeBytes: size };
    }),
  );

async function insertStill(
  tx: Tx,
  actor: Actor,
  run: PipelineRun,
  { of, filePath, atSeconds, fileSizeBytes }: Still,
): Promise<void> {
  const row: Prisma.ThumbnailUncheckedCreateInput = {
    id: newId(),
    ...of,
    filePath,
    atSeconds,
    fileSizeBytes: BigInt(fileSizeBytes),
  };
  const thumbnail = await tx.thumbnail.create({ data: row });
  const video = await tx.video.findUniqueOrThrow({
    where: { id: run.videoId ?? '' },
    select: { id: true, projectId: true },
  });
  await recordThumbnail(tx, actor, { video, run }, thumbnail, {
    message: `The still of a ${'clipId' in of ? 'clip' : 'video'} is of second ${atSeconds.toFixed(1)}.`,
    details: { from: null, to: 'MADE', atSeconds, ...of },
  });
}

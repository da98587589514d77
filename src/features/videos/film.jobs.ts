/** The step that stitches a project's clips into a film and registers it. */
import { createReadStream } from 'node:fs';
import { DomainError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { scopesOf } from '../../core/scopes.ts';
import type { PipelineRun, Project, Scene, VideoClip } from '../../generated/prisma/client.ts';
import { poster } from '../../media/still/poster.ts';
import { type Stitched, stitch } from '../../media/stitch/stitch.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { FileGone } from '../../platform/storage/file-gone.ts';
import { keepPatiently } from '../../platform/storage/keep-patiently.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import type { AspectRatio } from '../../providers/aspect-ratio.ts';
import { requireCapability } from '../../providers/registry.ts';
import { fileKeys } from '../assets/file-keys.ts';
import { recordAudit } from '../audit/log/audit.ts';
import { CURRENT_CLIP } from '../video-clips/current-clip.ts';
import { defineStep } from '../runs/engine/step.ts';
import { projectInput, type ProjectInput } from '../projects/step-input.ts';
import { warn } from '../runs/run.ts';
import { titleOf } from '../projects/title.ts';
import { filmOptionsOf } from './film-options.ts';
import { type FittedClips, fittedClips } from './fitted-clips.ts';
import { type ShortenedCrossfades, shortenedCrossfades } from './shortened-crossfades.ts';
import { ClipsGone, goneOf, supersedeGone } from './gone-clips.ts';
import { checksumsOf } from './film-checksum.ts';
import { lockFilm } from './lock-film.sql.ts';
import { identifierOf, visibleVideos } from './video.ts';

type Reel = { runId: string; project: Project; crossfadeSeconds: number; items: ReelItem[] };
/** A clip of a film that is stitched. */
type ReelItem = { sceneIndex: number; title: string; localPath: string };
type Film = {
  id: string;
  filePath: string;
  posterPath: string;
  stitched: Stitched;
  /** CRC-32 of the film's file. */
  crc32: number;
  /** Of the same, in hexadecimal. */
  sha256: string;
  /** Joins whose crossfade had to be shorter than asked for; null where none. */
  shortened: ShortenedCrossfades | null;
  fitted: FittedClips[];
};

/** Stitches all clips that exist, in order, and registers the film with its measures, poster and chapters. */
export const stitchStep = defineStep<ProjectInput, Reel, Film>({
  name: 'stitch',
  input: projectInput,
  key: () => 'stitch',
  retryPolicy: { limit: 3, delaySeconds: 1 },

  async begin(tx, _ctx, run, { projectId }) {
    if ((await tx.video.count({ where: { runId: run.id } })) > 0) return null;
    const project = await tx.project.findUniqueOrThrow({
      where: { id: projectId },
      include: {
        scenes: { orderBy: { sceneIndex: 'asc' }, include: { clips: { where: CURRENT_CLIP } } },
      },
    });
    const items = project.scenes.flatMap((scene) => reelItemsOf(scene));
    const { crossfadeSeconds } = filmOptionsOf(run);
    return { runId: run.id, project, items, crossfadeSeconds: items.length > 1 ? crossfadeSeconds : 0 };
  },

  async work(ctx, { runId, project, items, crossfadeSeconds }, signal) {
    if (items.length === 0)
      throw new DomainError('NOTHING_TO_STITCH', 'No clip of this project is finished.');
    const { aspectRatio, provider } = project;
    const size = requireCapability(provider, 'CLIP').sizes[aspectRatio as AspectRatio];
    if (!size) throw new DomainError('MEDIA_FAILED', `${provider} makes no films of ${aspectRatio}.`);
    // The same when the step is repeated after a crash, another one for every film.
    const made = await fileKeys(ctx.db);
    const keyOf = (extension: string) => made.keyOf(project.workspaceId, `video:${runId}`, extension);
    const keys = { filePath: keyOf('mp4'), posterPath: keyOf('jpg') };
    const files = items.map(({ localPath }) => localPath);
    const titles = items.map(({ title }) => title);
    return withWorkFiles(ctx.storage, files, async (clips, film, picture) => {
      const stitched = await stitch({ clips, toFile: film, crossfadeSeconds, size, titles }, { signal });
      await poster(film, posterSecond(stitched), picture, { signal });
      const sums = await checksumsOf(createReadStream(film), signal);
      await refuseLate(ctx, runId);
      await keepPatiently(ctx.storage, picture, keys.posterPath, signal);
      await keepPatiently(ctx.storage, film, keys.filePath, signal);
      const shortened = shortenedCrossfades(crossfadeSeconds, items, stitched.crossfadesSeconds);
      const fitted = fittedClips(items, stitched.fittings);
      return { id: newId(), ...keys, stitched, ...sums, shortened, fitted };
    }).catch(async (error: unknown) => {
      throw error instanceof FileGone ? await goneOf(ctx.storage, items, error) : error;
    });
  },

  async finish(tx, ctx, run, { projectId }, film) {
    if (film.shortened) await warn(tx, ctx.actor, run, film.shortened.message, film.shortened.details);
    for (const { message, details } of film.fitted)
      await warn(tx, ctx.actor, run, message, { clips: details });
    const project = await tx.project.update({
      where: { id: projectId },
      data: { outputPath: film.filePath },
    });
    const sha256 = await ownSha256(tx, project, film);
    const video = await tx.video.create({ data: { ...videoOf(project, run, film), sha256 } });
    await recordAudit(tx, ctx.actor, {
      subject: { type: 'Video', id: video.id },
      scopes: scopesOf({ Project: projectId, PipelineRun: run.id }),
      eventType: 'STATE_CHANGE',
      message: `Film "${video.title}" is in the library (${video.durationSeconds.toFixed(2)} s).`,
      details: { from: null, to: video.reviewStatus, durationSeconds: video.durationSeconds },
    });
  },

  // The plan sees the failure on the run: there is no row of its own to mark.
  async fail(tx, ctx, run, { projectId }, { cause }) {
    if (cause instanceof ClipsGone) await supersedeGone(tx, ctx.actor, run, projectId, cause);
  },
});

function reelItemsOf(scene: Scene & { clips: VideoClip[] }): ReelItem[] {
  return scene.clips.flatMap(({ status, localPath }) =>
    status === 'COMPLETE' && localPath !== null
      ? [{ sceneIndex: scene.sceneIndex, title: titleOf(scene.sceneDescription), localPath }]
      : [],
  );
}

const withWorkFiles = <Result>(
  storage: Storage,
  keys: string[],
  use: (clips: string[], film: string, picture: string) => Promise<Result>,
) =>
  storage.withFiles(keys, (clips) =>
    storage.withTemporary('mp4', (film) =>
      storage.withTemporary('jpg', (picture) => use(clips, film, picture)),
    ),
  );

/** A worker that was taken for dead comes too late once another has stitched the film: its file must stay as it is. */
async function refuseLate({ db }: Pick<Ctx, 'db'>, runId: string): Promise<void> {
  const stitched = await db.video.count({ where: { runId } });
  if (stitched > 0) throw new Error('Another worker has stitched this film meanwhile.');
}

/** The same clips joined again give the same bytes: the first film of them keeps the hash, by which one that comes back is known. */
async function ownSha256(tx: Tx, { workspaceId }: Project, { sha256 }: Film): Promise<string | null> {
  await lockFilm(tx, workspaceId, sha256);
  const where = { sha256, ...visibleVideos({ name: 'worker', workspaceId }) };
  return (await tx.video.count({ where })) === 0 ? sha256 : null;
}

/** A third of the way in, past any fade: before the end gives too much away. */
function posterSecond({ durationSeconds, clipStartsSeconds, crossfadesSeconds }: Stitched): number {
  const third = durationSeconds / 3;
  const clip = clipStartsSeconds.findLastIndex((start) => start <= third);
  return Math.max(third, (clipStartsSeconds[clip] ?? 0) + (crossfadesSeconds[clip - 1] ?? 0));
}

function videoOf(project: Project, run: PipelineRun, { id, filePath, posterPath, stitched, crc32 }: Film) {
  const { title } = project;
  return {
    id,
    workspaceId: project.workspaceId,
    identifier: identifierOf({ id, title }),
    title,
    filePath,
    posterPath,
    origin: 'GENERATED' as const,
    projectId: project.id,
    runId: run.id,
    durationSeconds: stitched.durationSeconds,
    fileSizeBytes: stitched.fileSizeBytes,
    crc32,
    videoCodec: stitched.videoCodec,
    audioCodec: stitched.audioCodec,
    width: stitched.width,
    height: stitched.height,
    frameRate: stitched.frameRate,
    ...filmOptionsOf(run),
    chapters: stitched.chapters,
  };
}

/** Which scenes a film was stitched of. */
import { z } from 'zod';
import type { PrismaClient, Project, Scene, Video, VideoClip } from '../../generated/prisma/client.ts';

/** A film's scene, and where it is shown in it. */
export type FilmScene = {
  scene: Scene;
  /** Seconds from the start of the film. */
  startSeconds: number;
  endSeconds: number;
  /** Whether its clip is another one by now: so may be its words. */
  isMadeAnew: boolean;
};

const storedChapters = z.array(z.object({ startSeconds: z.number(), endSeconds: z.number() }));

type Film = Pick<Video, 'projectId' | 'createdAt' | 'chapters'>;

/**
 * The scenes of a film in order, and its project; null where that is gone, or nobody can tell any more which they are.
 */
export async function scenesOfFilm(
  db: Pick<PrismaClient, 'project'>,
  { projectId, createdAt, chapters }: Film,
): Promise<{ project: Project; scenes: FilmScene[] } | null> {
  const include = { scenes: { orderBy: { sceneIndex: 'asc' as const }, include: { clips: true } } };
  const found =
    projectId === null ? null : await db.project.findUnique({ where: { id: projectId }, include });
  if (!found) return null;
  const { scenes, ...project } = found;
  const shown = scenes.flatMap(({ clips, ...scene }) => {
    const clip = clips.find(isCurrentAt(createdAt));
    return clip ? [{ scene, isMadeAnew: clip.supersededAt !== null }] : [];
  });
  const places = storedChapters.parse(chapters);
  if (places.length !== shown.length) return null;
  return { project, scenes: shown.map((scene, index) => ({ ...scene, ...places[index]! })) };
}

/** Whether a clip was complete, and not yet superseded, at a time. */
const isCurrentAt =
  (at: Date) =>
  ({ status, completedAt, supersededAt }: VideoClip): boolean =>
    status === 'COMPLETE' &&
    (completedAt === null || completedAt <= at) &&
    (supersededAt === null || supersededAt > at);

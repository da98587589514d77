import type { Keyframe, Project, Scene, UnkeptFrame, VideoClip } from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { CURRENT_CLIP } from '../../video-clips/current-clip.ts';
import { CURRENT_FRAME } from '../../keyframes/keyframe.ts';

/** What it is read from. */
export type FilmTables = 'scene' | 'videoClip' | 'referenceImage' | 'unkeptFrame';

/** A project with its scenes in order, and the current frames and clip of each, and the frames that wait to be kept. */
export type Film = Project & {
  /** Of its reference images, in order; a picture never changes under its id. */
  referenceIds: string[];
  scenes: (Scene & { keyframes: Keyframe[]; clips: VideoClip[]; unkept: Unkept[] })[];
};

type Unkept = Pick<UnkeptFrame, 'sceneId' | 'position'>;

/**
 * Reads what there is of a project's film. One relation at a time: inside a transaction Prisma would send two at once
 * down its one connection, which `pg` warns of.
 */
export async function readFilm(db: Pick<Tx, FilmTables>, project: Project): Promise<Film> {
  const projectId = project.id;
  const scenes = await db.scene.findMany({
    where: { projectId },
    orderBy: { sceneIndex: 'asc' },
    include: { keyframes: { where: CURRENT_FRAME } },
  });
  const clips = await db.videoClip.findMany({ where: { scene: { projectId }, ...CURRENT_CLIP } });
  const references = await db.referenceImage.findMany({
    where: { projectId },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  const referenceIds = references.map(({ id }) => id);
  const unkept = await db.unkeptFrame.findMany({
    where: { scene: { projectId } },
    select: { sceneId: true, position: true },
  });
  const whole = scenes.map((scene) => ({
    ...scene,
    clips: clips.filter(isOf(scene)),
    unkept: unkept.filter(isOf(scene)),
  }));
  return { ...project, referenceIds, scenes: whole };
}

const isOf =
  ({ id }: Scene) =>
  ({ sceneId }: { sceneId: string }) =>
    sceneId === id;

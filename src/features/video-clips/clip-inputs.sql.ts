import {
  type Keyframe,
  Prisma,
  type Project,
  type Scene,
  type VideoClip,
} from '../../generated/prisma/client.ts';
import type { Tx } from '../../platform/database/database.ts';
import { modelReader, type Row } from '../../platform/database/model-reader.ts';
import { isCurrent } from '../revisions/current.sql.ts';
import { referencesColumn, referencesOf, type StoredReference } from '../references/references.sql.ts';

const scenes = modelReader<Scene>(Prisma.SceneScalarFieldEnum, 's');
const clips = modelReader<VideoClip>(Prisma.VideoClipScalarFieldEnum, 'c');
const projects = modelReader<Project>(Prisma.ProjectScalarFieldEnum, 'p');
const starts = modelReader<Keyframe>(Prisma.KeyframeScalarFieldEnum, 'a');
const ends = modelReader<Keyframe>(Prisma.KeyframeScalarFieldEnum, 'b');

/** A scene and its current clip, if it has one. */
export async function findSceneAndVideoClip(
  tx: Tx,
  sceneId: string,
): Promise<{ scene: Scene; clip: VideoClip | null }> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT ${scenes.columns}, ${clips.columns}
    FROM scenes s LEFT JOIN video_clips c ON c.scene_id = s.id AND ${isCurrent('c')}
    WHERE s.id = ${sceneId}::uuid`;
  if (!row) throw new Error(`Scene ${sceneId} is gone.`);
  return { scene: scenes.read(row), clip: clips.find(row) };
}

export type ClipInputRows = {
  project: Project;
  sceneCount: number;
  /** Its current frames; null where it lacks one. */
  frames: { start: Keyframe; end: Keyframe } | null;
  references: StoredReference[];
};

/** What a scene's clip is made from; null if the scene is gone. */
export async function findClipInputs(tx: Tx, sceneId: string): Promise<ClipInputRows | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT ${projects.columns}, ${starts.columns}, ${ends.columns}, ${referencesColumn},
      (SELECT count(*)::integer FROM scenes WHERE project_id = p.id) AS count
    FROM scenes s
    JOIN projects p ON p.id = s.project_id
    LEFT JOIN keyframes a ON a.scene_id = s.id AND a.position = 'START' AND ${isCurrent('a')}
    LEFT JOIN keyframes b ON b.scene_id = s.id AND b.position = 'END' AND ${isCurrent('b')}
    WHERE s.id = ${sceneId}::uuid`;
  if (!row) return null;
  const [start, end] = [starts.find(row), ends.find(row)];
  return {
    project: projects.read(row),
    frames: start && end && { start, end },
    references: referencesOf(row),
    sceneCount: Number(row['count']),
  };
}

import {
  type Keyframe,
  type KeyframePosition,
  Prisma,
  type Project,
  type Scene,
  type UnkeptFrame,
} from '../../generated/prisma/client.ts';
import type { Tx } from '../../platform/database/database.ts';
import { modelReader, type Row } from '../../platform/database/model-reader.ts';
import { isCurrent } from '../revisions/current.sql.ts';
import { referencesColumn, referencesOf, type StoredReference } from '../references/references.sql.ts';

const scenes = modelReader<Scene>(Prisma.SceneScalarFieldEnum, 's');
const projects = modelReader<Project>(Prisma.ProjectScalarFieldEnum, 'p');
const starts = modelReader<Keyframe>(Prisma.KeyframeScalarFieldEnum, 'a');
const ends = modelReader<Keyframe>(Prisma.KeyframeScalarFieldEnum, 'b');

const unkept = modelReader<UnkeptFrame>(Prisma.UnkeptFrameScalarFieldEnum, 'u');

export type SceneFrames = {
  scene: Scene;
  /** Its current frames. */
  keyframes: Keyframe[];
};

export type DrawingRows = SceneFrames & {
  project: Project;
  references: StoredReference[];
  sceneCount: number;
  /** How many frames the scene has had at this position. */
  drawnBefore: number;
  /** The frame at this position, where it is paid for and the storage has not taken it yet. */
  unkept: UnkeptFrame | null;
};

const framesOf = (row: Row) => [starts.find(row), ends.find(row)].filter((frame) => frame !== null);

/** All that a frame is drawn from, in one statement. */
export async function readDrawing(tx: Tx, sceneId: string, position: KeyframePosition): Promise<DrawingRows> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT ${scenes.columns}, ${projects.columns}, ${starts.columns}, ${ends.columns}, ${unkept.columns}, ${referencesColumn},
      (SELECT count(*)::integer FROM scenes WHERE project_id = p.id) AS count,
      (SELECT count(*)::integer FROM keyframes k WHERE k.scene_id = s.id AND k.position::text = ${position}) AS drawn
    FROM scenes s
    JOIN projects p ON p.id = s.project_id
    LEFT JOIN keyframes a ON a.scene_id = s.id AND a.position = 'START' AND ${isCurrent('a')}
    LEFT JOIN keyframes b ON b.scene_id = s.id AND b.position = 'END' AND ${isCurrent('b')}
    LEFT JOIN unkept_frames u ON u.scene_id = s.id AND u.position::text = ${position}
    WHERE s.id = ${sceneId}::uuid`;
  if (!row) throw new Error(`Scene ${sceneId} is gone.`);
  const counts = { sceneCount: Number(row['count']), drawnBefore: Number(row['drawn']) };
  const project = projects.read(row);
  const references = referencesOf(row);
  const frames = { keyframes: framesOf(row), unkept: unkept.find(row) };
  return { scene: scenes.read(row), ...frames, project, references, ...counts };
}

/** A scene, the one after it, if there is one, and the frames of both. */
export type Place = SceneFrames & { next: SceneFrames | null };

/** Where a frame goes; null if its scene is gone. */
export async function findPlace(tx: Tx, sceneId: string): Promise<Place | null> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT ${scenes.columns}, ${starts.columns}, ${ends.columns}
    FROM scenes this
    JOIN scenes s ON s.project_id = this.project_id AND s.scene_index IN (this.scene_index, this.scene_index + 1)
    LEFT JOIN keyframes a ON a.scene_id = s.id AND a.position = 'START' AND ${isCurrent('a')}
    LEFT JOIN keyframes b ON b.scene_id = s.id AND b.position = 'END' AND ${isCurrent('b')}
    WHERE this.id = ${sceneId}::uuid
    ORDER BY s.scene_index`;
  const [scene, next] = rows.map((row) => ({ scene: scenes.read(row), keyframes: framesOf(row) }));
  return scene ? { ...scene, next: next ?? null } : null;
}

import type {
  Keyframe,
  PipelineRun,
  Project,
  Scene,
  Video,
  VideoClip,
} from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { isCurrent } from '../../revisions/current.sql.ts';
import { projectIdOf } from '../../projects/project-runs.ts';

/** What a film's plan looks at; frames and clips are the current ones, scenes in order. */
export type FilmRows = Pick<Project, 'id' | 'provider' | 'clipsFrom'> & {
  scenes: (Pick<Scene, 'id' | 'projectId' | 'sceneIndex' | 'status'> & {
    keyframes: Pick<Keyframe, 'position'>[];
    clips: Pick<VideoClip, 'id' | 'status' | 'operationName' | 'resultUri' | 'errorMessage'>[];
  })[];
  /** Films this run has stitched. */
  videos: Pick<Video, 'id'>[];
};

/** Reads a film in one statement: every finished step asks for it, and Prisma would need five. */
export async function readFilmRows(tx: Tx, run: PipelineRun): Promise<FilmRows> {
  const [id, projectId] = [run.id, projectIdOf(run)];
  const [film] = await tx.$queryRaw<FilmRows[]>`
    SELECT p.id, p.provider::text AS provider, p.clips_from::text AS "clipsFrom",
      (SELECT coalesce(jsonb_agg(jsonb_build_object(
          'id', s.id, 'projectId', s.project_id, 'sceneIndex', s.scene_index, 'status', s.status,
          'keyframes', (SELECT coalesce(jsonb_agg(jsonb_build_object('position', k.position)), '[]')
            FROM keyframes k WHERE k.scene_id = s.id AND ${isCurrent('k')}),
          'clips', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'status', c.status,
              'operationName', c.operation_name, 'resultUri', c.result_uri, 'errorMessage', c.error_message)), '[]')
            FROM video_clips c WHERE c.scene_id = s.id AND ${isCurrent('c')})
        ) ORDER BY s.scene_index), '[]') FROM scenes s WHERE s.project_id = p.id) AS scenes,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', v.id)), '[]') FROM videos v WHERE v.run_id = ${id}::uuid) AS videos
    FROM projects p WHERE p.id = ${projectId}::uuid`;
  if (!film) throw new Error(`Project ${projectId} of run ${id} is gone.`);
  return film;
}

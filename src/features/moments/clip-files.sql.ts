/** Which files clips and stills name. A still is told as one of the video that it shows. */
import { Prisma } from '../../generated/prisma/client.ts';

export const clipFiles = Prisma.sql`
  SELECT c.id, v.workspace_id, v.project_id, v.id AS video_id, c.file_path AS key, true AS is_current,
    c.created_at AS since
  FROM clips c JOIN videos v ON v.id = c.video_id`;

const stills = Prisma.raw(`
  SELECT v.id, v.workspace_id, v.project_id, v.id AS video_id, t.file_path AS key, true AS is_current,
    t.created_at AS since
  FROM thumbnails t`);

/** Of a video or of a clip: said apart, so that each is found by its index. */
export const thumbnailFiles = Prisma.sql`
  ${stills} JOIN videos v ON v.id = t.video_id
  UNION ALL
  ${stills} JOIN clips c ON c.id = t.clip_id JOIN videos v ON v.id = c.video_id`;

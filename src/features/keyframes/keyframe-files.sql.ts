/** Which files frames name. */
import { Prisma } from '../../generated/prisma/client.ts';
import { isCurrent } from '../revisions/current.sql.ts';

const ofScene = Prisma.raw('JOIN scenes s ON s.id = f.scene_id JOIN projects p ON p.id = s.project_id');

export const keyframeFiles = Prisma.sql`
  SELECT f.id, p.workspace_id, p.id AS project_id, f.file_path AS key, ${isCurrent('f')} AS is_current,
    f.created_at AS since
  FROM keyframes f ${ofScene}`;

/** What waits on a shelf is to have this key. */
export const unkeptFrameFiles = Prisma.sql`
  SELECT f.id, p.workspace_id, p.id AS project_id, f.file_path AS key, false AS is_current, f.created_at AS since
  FROM unkept_frames f ${ofScene}`;

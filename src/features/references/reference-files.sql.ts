/** Which files reference images name. */
import { Prisma } from '../../generated/prisma/client.ts';

export const referenceFiles = Prisma.sql`
  SELECT r.id, p.workspace_id, p.id AS project_id, r.file_path AS key, true AS is_current, r.created_at AS since
  FROM reference_images r JOIN projects p ON p.id = r.project_id`;

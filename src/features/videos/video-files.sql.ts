/** Which files films name: their own, and what players need of them. */
import { Prisma } from '../../generated/prisma/client.ts';

const filesIn = (key: Prisma.Sql) => Prisma.sql`
  SELECT v.id, v.workspace_id, v.project_id, v.id AS video_id, ${key} AS key, true AS is_current,
    v.created_at AS since
  FROM videos v WHERE ${key} IS NOT NULL`;

export const filmFiles = filesIn(Prisma.raw('v.file_path'));
export const posterFiles = filesIn(Prisma.raw('v.poster_path'));
export const proxyFiles = filesIn(Prisma.raw('v.proxy_path'));
export const peaksFiles = filesIn(Prisma.raw('v.peaks_path'));
export const spriteFiles = filesIn(Prisma.raw('v.sprite_path'));

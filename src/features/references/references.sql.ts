import { Prisma, type ReferenceImage } from '../../generated/prisma/client.ts';
import type { Row } from '../../platform/database/model-reader.ts';

/** A reference image as a provider is told of it, and where its picture is. */
export type StoredReference = Pick<ReferenceImage, 'name' | 'kind' | 'filePath'>;

/** The reference images of the project that a statement calls `p`, in the order they were added: a column of it. */
export const referencesColumn = Prisma.sql`
  (SELECT coalesce(jsonb_agg(jsonb_build_object('name', r.name, 'kind', r.kind, 'filePath', r.file_path)
    ORDER BY r.id), '[]') FROM reference_images r WHERE r.project_id = p.id) AS "references"`;

/** Those of a row of such a statement. */
export const referencesOf = (row: Row): StoredReference[] => row['references'] as StoredReference[];

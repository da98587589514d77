/** Films from outside on their way into the library. */
import { z } from 'zod';
import { Prisma } from '../../generated/prisma/client.ts';
import { ownedThrough } from '../../platform/database/owned.ts';
import { registerFiles } from '../assets/named-files.sql.ts';
import { registerRunSubject } from '../runs/run-subject.ts';

registerRunSubject('Ingest', 'ingestId');

registerFiles({
  type: 'Ingest',
  noun: 'A film that the library had already',
  rows: Prisma.sql`
    SELECT i.id, i.workspace_id, NULL::uuid AS project_id, i.file_path AS key, false AS is_current,
      i.created_at AS since
    FROM ingests i WHERE i.file_path IS NOT NULL`,
});

/** What `actor` may see of them. */
export const visibleIngests = ownedThrough('Ingest');

/** What steps that bring one in are told. */
export const ingestInput = z.object({ ingestId: z.uuid() });
export type IngestInput = z.infer<typeof ingestInput>;

/** Weights of what is made of a video, in the stage PROBE. */
export const ASSET_SHARES = { POSTER: 0.02, PROXY: 0.83, SURVEY: 0.15 } as const;

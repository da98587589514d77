import type { Prisma } from '../../generated/prisma/client.ts';
import { CURRENT } from '../revisions/current.sql.ts';

/** The clip of a scene that counts now; superseded ones stay for the record. In SQL: `isCurrent`. */
export const CURRENT_CLIP = CURRENT satisfies Prisma.VideoClipWhereInput;

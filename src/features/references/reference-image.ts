/** Reference images: pictures of who and what looks the same all through a film. */
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import { registerFiles } from '../assets/named-files.sql.ts';
import { referenceFiles } from './reference-files.sql.ts';

registerFiles({ type: 'ReferenceImage', noun: 'A reference image', rows: referenceFiles });

/** Most that a project may have; ours: at half a megabyte each, as pictures are, far within a request of Google's (20 MB). */
export const MAX_REFERENCE_IMAGES = 8;

/** The reference images `actor` may see; spread into every `where` on ReferenceImage. */
export const visibleReferences = (actor: Actor) =>
  ({ project: { workspaceId: actor.workspaceId } }) satisfies Prisma.ReferenceImageWhereInput;

/** Reference images: pictures of who and what looks the same all through a film. */
import { ownedThrough } from '../../platform/database/owned.ts';
import { registerFiles } from '../assets/named-files.sql.ts';
import { referenceFiles } from './reference-files.sql.ts';

registerFiles({ type: 'ReferenceImage', noun: 'A reference image', rows: referenceFiles });

/** Most that a project may have; ours: at half a megabyte each, as pictures are, far within a request of Google's (20 MB). */
export const MAX_REFERENCE_IMAGES = 8;

/** The reference images `actor` may see. */
export const visibleReferences = ownedThrough('ReferenceImage', 'project');

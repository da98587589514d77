/** Clips: moments cut out as films of their own, and their stills. */
import { ownedThrough } from '../../platform/database/owned.ts';
import { registerFiles } from '../assets/named-files.sql.ts';
import { clipFiles, thumbnailFiles } from './clip-files.sql.ts';

registerFiles({ type: 'Clip', noun: 'A file of a clip', rows: clipFiles, isOfVideo: true });
registerFiles({ type: 'Video', noun: 'A still', rows: thumbnailFiles, isOfVideo: true });

/** The clips `actor` may see. */
export const visibleClips = ownedThrough('Clip', 'video');

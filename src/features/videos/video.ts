/** Videos: the library of finished films. */
import { cleanText } from '../../core/outside-text.ts';
import type { Video } from '../../generated/prisma/client.ts';
import { registerRunSubject } from '../runs/run-subject.ts';
import { ownedThrough } from '../../platform/database/owned.ts';
import { registerFiles } from '../assets/named-files.sql.ts';
import { filmFiles, peaksFiles, posterFiles, proxyFiles, spriteFiles } from './video-files.sql.ts';

for (const rows of [filmFiles, posterFiles, proxyFiles, peaksFiles, spriteFiles])
  registerFiles({ type: 'Video', noun: 'A file of a film', rows, isOfVideo: true });

registerRunSubject('Video', 'videoId');

/** The videos `actor` may see. */
export const visibleVideos = ownedThrough('Video');

/** Longest part of a title in a film's name, in UTF-16 units. */
const MAX_SLUG = 60;

/**
 * Unique short name of a film, or of a part of one, for people and URLs: its title's letters and the end of its id.
 *
 * @param noun in the place of a title without letters.
 */
export function identifierOf({ id, title }: Pick<Video, 'id' | 'title'>, noun = 'film'): string {
  const letters = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  const slug = cleanText(letters, MAX_SLUG).replaceAll(/^-+|-+$/g, '');
  return `${slug || noun}-${id.slice(-8)}`;
}

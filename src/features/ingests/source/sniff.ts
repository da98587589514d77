/** What lies at an address or in a file, by its first bytes. Pure. */
import { DomainError } from '../../../core/errors.ts';
import { type Container, containerOf } from '../../../media/read/containers.ts';

/** Bytes that are enough to tell. */
export const HEAD_BYTES = 4_096;

/** What is known to lead elsewhere: reading it would open other files and addresses. */
const LEADS_ELSEWHERE: readonly [what: string, mark: RegExp][] = [
  ['an HLS playlist (m3u8)', /^#EXTM3U/],
  ['a list of files for FFmpeg (concat)', /^ffconcat\b|^file\s+['"]?\S/m],
  ['a session description (SDP)', /^v=0\r?\n/],
  ['a DASH manifest', /<MPD\b/],
  ['a Smooth Streaming manifest', /<SmoothStreamingMedia\b/i],
  ['a playlist', /^\[playlist\]|<playlist\b|<asx\b|<smil\b/i],
];
const PAGE = /^\s*(<!--[^]*?-->\s*)*<(!doctype\s+html|html|head|body)\b/i;

/** What begins with these bytes: a container that can be opened, a page of the web, or why it is neither. */
export type Sniffed =
  | { kind: 'FILM'; container: Container }
  | { kind: 'PAGE' }
  | { kind: 'NEITHER'; why: string };

/** `head` holds the first 4 KiB, or all there is. */
export function sniff(head: Buffer): Sniffed {
  if (head.length === 0) return { kind: 'NEITHER', why: 'it is empty' };
  const container = containerOf(head);
  if (container) return { kind: 'FILM', container };
  const text = head.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
  const [found] = LEADS_ELSEWHERE.filter(([, mark]) => mark.test(text.trimStart()));
  if (found)
    return { kind: 'NEITHER', why: `it is ${found[0]}, which leads to other files; give the film itself` };
  if (PAGE.test(text)) return { kind: 'PAGE' };
  return { kind: 'NEITHER', why: 'it is no film in MP4, MOV, WebM or Matroska' };
}

/** What a film from outside was refused for. */
export const refused = (why: string): DomainError =>
  new DomainError('SOURCE_FAILED', `It was not brought in: ${why}.`);

/** Ending of the file of a film that begins with these bytes. */
export function extensionOf(head: Buffer): string {
  const text = head.subarray(0, 64).toString('latin1');
  if (containerOf(head) === 'matroska') return text.includes('webm') ? 'webm' : 'mkv';
  if (containerOf(head) === 'wav') return 'wav';
  return text.slice(8, 12) === 'qt  ' || text.slice(4, 8) === 'moov' ? 'mov' : 'mp4';
}

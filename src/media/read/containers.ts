/** Which container a file is, by its first bytes. Pure. */

/** Bytes that tell a container from another; the longest mark below ends here. */
export const MARK_BYTES = 12;

/** As FFmpeg names what reads it. */
export type Container = 'mov' | 'matroska' | 'wav';

/**
 * Containers we open, by their first bytes. Never by FFmpeg's guess: a playlist posing as a film
 * would make it open other files.
 */
const CONTAINERS: readonly { container: Container; at: number; mark: Buffer }[] = [
  { container: 'mov', at: 4, mark: Buffer.from('ftyp') },
  { container: 'mov', at: 4, mark: Buffer.from('moov') },
  { container: 'matroska', at: 0, mark: Buffer.from('1a45dfa3', 'hex') },
  { container: 'wav', at: 8, mark: Buffer.from('WAVE') },
];

/** What a file is that begins with these bytes; null for what we do not open. */
export const containerOf = (head: Buffer): Container | null =>
  CONTAINERS.find(({ at, mark }) => head.subarray(at, at + mark.length).equals(mark))?.container ?? null;

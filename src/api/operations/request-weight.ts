/** What of a request is light enough to be read on the event loop: what takes a millisecond at most. */
import { LARGE_DOCUMENT } from './document-cache.ts';

/** Shorter JSON is read at once, whatever is in it: at most a third of a millisecond, as measured. */
export const SHORT_BYTES = 16_384;
const MOST_BYTES = 131_072;
/** Texts, entries and fields of JSON; ours: ten times those of a film's storyboard. */
const MOST_PIECES = 1_000;
/**
 * Of a document: how often each of its names stands there, squared and summed. Fields of one name are compared with each
 * other; ours: some 140 of one name, where the longest operation of our own programs comes to two hundred in all.
 */
const MOST_REPETITION = 20_000;

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const BEGINNINGS = new Set(Buffer.from('{[,:'));

/** Whether a text is JSON of few pieces, or long ones: those take next to nothing. Wrong JSON may be either. */
export function isLightJson(json: Buffer): boolean {
  if (json.length <= SHORT_BYTES) return true;
  if (json.length > MOST_BYTES) return false;
  let pieces = 0;
  for (let at = 0; at < json.length && pieces <= MOST_PIECES; at += 1) {
    const byte = json[at];
    if (byte !== QUOTE) {
      if (BEGINNINGS.has(byte ?? 0)) pieces += 1;
      continue;
    }
    do {
      at = json.indexOf(QUOTE, at + 1);
      pieces += 1;
    } while (at >= 0 && isEscaped(json, at) && pieces <= MOST_PIECES);
    if (at < 0) return true;
  }
  return pieces <= MOST_PIECES;
}

function isEscaped(json: Buffer, at: number): boolean {
  let before = at;
  while (json[before - 1] === BACKSLASH) before -= 1;
  return (at - before) % 2 === 1;
}

/** Whether a document may be parsed and validated on the event loop. */
export function isLightDocument(text: string): boolean {
  if (text.length > LARGE_DOCUMENT) return false;
  const times = new Map<string, number>();
  let repetition = 0;
  for (const [name] of text.matchAll(/\w+/g)) {
    const before = times.get(name) ?? 0;
    times.set(name, before + 1);
    // (n + 1)² is n² and as much more.
    repetition += 2 * before + 1;
  }
  return repetition <= MOST_REPETITION;
}

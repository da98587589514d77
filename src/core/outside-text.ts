/** Text that somebody else wrote, made fit to be kept, shown and sent on. Pure. */
import { withoutPlaces } from './without-places.ts';

/** Longest message of a failure, in UTF-16 units; ours: a page of it tells nobody more. */
export const LONGEST_MESSAGE = 2_000;

/** What PostgreSQL refuses (NUL) or a terminal obeys. Tabs and line ends stay. */
// oxlint-disable-next-line no-control-regex -- they are what it is about.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** Deepest JSON that is read, in levels; ours, many times what an answer has. */
export const DEEPEST_JSON = 200;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** UTF-16 units after a cut that are looked at: an emoji of a family has eleven. */
const LOOK_AHEAD = 64;

/**
 * A text that every column takes: no NUL nor other control characters, no half of a character (it becomes U+FFFD), and at
 * most `most` UTF-16 units, cut between what a reader takes for characters.
 */
export function cleanText(text: string, most = Infinity): string {
  const window = text.slice(0, most + LOOK_AHEAD);
  const clean = window.replaceAll(CONTROL, '').toWellFormed();
  return clean.length <= most ? clean : clean.slice(0, boundaryBefore(clean, most)).toWellFormed();
}

/** One endless character is cut all the same. */
function boundaryBefore(text: string, most: number): number {
  const at = graphemes.segment(text).containing(most)?.index ?? most;
  return at > most - LOOK_AHEAD ? at : most;
}

/** JSON from outside with its keys and texts cleaned; what lies deeper than {@link DEEPEST_JSON} levels is left out. */
export function cleanJson(value: unknown, levels = DEEPEST_JSON): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return null;
  if (Array.isArray(value)) return value.map((item) => cleanJson(item, levels - 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [cleanText(name), cleanJson(item, levels - 1)]),
  );
}

/** What went wrong, in the error's own words, fit to be kept and shown to everybody: it tells no path of this machine. */
export const messageOf = (error: unknown): string => withoutPlaces(wordsOf(error));

/** The same for who runs this machine: with the paths. */
export function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return cleanText(isFromDatabase(error) ? lastLine(message) : message, LONGEST_MESSAGE);
}

/** Prisma puts the calling code and its file before the reason. */
const isFromDatabase = (error: unknown): boolean =>
  error instanceof Error && error.constructor.name.startsWith('PrismaClient');

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

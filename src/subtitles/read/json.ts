/** Transcripts as JSON: YouTube's `json3`, and the forms that recognisers and we write. */
import { cleanText, messageOf } from '../../core/outside-text.ts';
import type { TimedWord } from '../../text/timed-words.ts';
import { refused } from '../problem.ts';
import { captionsOf } from '../words/captions.ts';
import { joined } from '../../text/joined.ts';
import { type Piece, wordsOfPieces } from './pieces.ts';
import type { RawCue, RawSubtitles, Warning } from './raw-cue.ts';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const objectsOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** The first of the fields that has a number. Recognisers write some as texts. */
function numberOf(object: Json, ...names: string[]): number {
  for (const name of names) {
    const value = object[name];
    if (typeof value === 'number') return value;
    if (typeof value === 'string' && /^\d+(\.\d+)?s?$/.test(value)) return Number.parseFloat(value);
  }
  return Number.NaN;
}

function textOf(object: Json, ...names: string[]): string | undefined {
  return names.map((name) => object[name]).find((value) => typeof value === 'string');
}

/** @throws {SubtitlesRefused} FILE_DAMAGED. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refused('FILE_DAMAGED', `This begins like JSON and is none: ${messageOf(error)}`, null, {
      cause: error,
    });
  }
}

export const isJson3 = (value: unknown): boolean =>
  isObject(value) && objectsOf(value.events).some((event) => 'tStartMs' in event);

/** Reads YouTube's JSON: an event is a cue, and its segments are words where they have times. */
export function readJson3(value: unknown, language?: string): RawSubtitles {
  const events = objectsOf((value as Json).events).filter(
    (event) => Array.isArray(event.segs) && !event.aAppend,
  );
  const cues = events.map((event): RawCue => {
    const startSeconds = numberOf(event, 'tStartMs') / 1_000;
    const span = { startSeconds, endSeconds: startSeconds + numberOf(event, 'dDurationMs') / 1_000 };
    const pieces = objectsOf(event.segs).map((segment): Piece => {
      const offset = numberOf(segment, 'tOffsetMs');
      const atSeconds = Number.isNaN(offset) ? null : startSeconds + offset / 1_000;
      return { atSeconds, text: textOf(segment, 'utf8') ?? '' };
    });
    return {
      line: null,
      ...span,
      text: pieces.map(({ text }) => text).join(''),
      words: wordsOfPieces(pieces, span, language),
    };
  });
  return { cues: cues.filter(({ text }) => text.trim() !== ''), warnings: [] };
}

const SEGMENTS = ['segments', 'cues', 'segmentTimestamps', 'subtitles', 'captions', 'results'];
const WORDS = ['words', 'wordTimestamps'];
/** Of a word, in a warning. */
const SHOWN_UNITS = 60;

/**
 * Reads `[{start, end, text, words?, speaker?}]`, or an object with such a list; and an object with words alone,
 * `{words: [{word, start, end}]}`, which become cues of a few. Times are seconds. A word alone without times is left out: recognisers
 * write numbers so.
 */
export function readJson(value: unknown, language?: string): RawSubtitles {
  const list = Array.isArray(value) ? value : isObject(value) ? firstList(value, SEGMENTS) : [];
  const segments = objectsOf(list);
  const found = segments.some((segment) => textOf(segment, 'text') !== undefined) ? segments : [];
  if (found.length > 0) return { cues: found.map((segment) => cueOf(segment)), warnings: [] };
  const words = readWords(isObject(value) && !Array.isArray(value) ? firstList(value, WORDS) : list);
  const cues = captionsOf(words.filter(hasTimes), language).map((cue): RawCue => ({ line: null, ...cue }));
  return { cues, warnings: words.filter((word) => !hasTimes(word)).map(withoutTimes) };
}

const firstList = (object: Json, names: readonly string[]): unknown[] =>
  (names.map((name) => object[name]).find((list) => Array.isArray(list) && list.length > 0) as
    | unknown[]
    | undefined) ?? [];

function cueOf(segment: Json): RawCue {
  const words = wordsOf(segment.words);
  return {
    line: null,
    startSeconds: numberOf(segment, 'startSeconds', 'start', 'begin', 'from'),
    endSeconds: numberOf(segment, 'endSeconds', 'end', 'to'),
    text: textOf(segment, 'text') ?? joined(words),
    words: words.length > 0 ? words : undefined,
    speaker: textOf(segment, 'speaker'),
  };
}

/** Words of a cue, with times; none where one has no times, for then they are not all of them. */
function wordsOf(value: unknown): TimedWord[] {
  const words = readWords(value);
  return words.every(hasTimes) ? words : [];
}

const readWords = (value: unknown): TimedWord[] =>
  objectsOf(value)
    .map((object) => ({
      word: (textOf(object, 'word', 'text') ?? '').trim(),
      startSeconds: numberOf(object, 'startSeconds', 'start'),
      endSeconds: numberOf(object, 'endSeconds', 'end'),
      ...(object.isSpaced === true && { isSpaced: true as const }),
    }))
    .filter(({ word }) => word !== '');

const hasTimes = ({ startSeconds, endSeconds }: TimedWord): boolean =>
  Number.isFinite(startSeconds) && Number.isFinite(endSeconds);

const withoutTimes = ({ word }: TimedWord): Warning => ({
  code: 'TIME_DAMAGED',
  line: null,
  reason: `The word “${cleanText(word, SHOWN_UNITS)}” has no start or no end; it is left out.`,
});

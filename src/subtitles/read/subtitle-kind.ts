/** What subtitles are, by what stands in them. Names of files lie: a `.srt` is often WebVTT. */
import type { SubtitleKind } from '../cue.ts';
import { refused } from '../problem.ts';
import { linesOf } from './lines.ts';
import { sbvTimingOf, timingOf } from './times.ts';

/** Which JSON it is, is seen when it has been read. */
type TextKind = Exclude<SubtitleKind, 'JSON3'>;

/** Known, and not read; with the way out. */
const OTHERS: readonly [start: RegExp, what: string][] = [
  [/^\{\d+\}\{\d+\}/, 'MicroDVD subtitles, which count frames; save them as SubRip'],
  [/^\[\d{1,3}:\d{2}(\.\d+)?\]/, 'lyrics (LRC), which have no ends; save them as SubRip'],
  [/^# VobSub index file/, 'an index of pictures of subtitles (VobSub); they have to be recognised first'],
  [/^<SAMI/i, 'SAMI subtitles; save them as SubRip or WebVTT'],
  [/^<(!doctype html|html)/i, 'a web page'],
];

/** Where the first word of it stands in front of everything else. */
const MAGIC: readonly [kind: TextKind, start: RegExp][] = [
  ['WEBVTT', /^WEBVTT(?=\s|$)/],
  ['ASS', /^\[(?:Script Info|V4\+? Styles|Events)\]/i],
  ['TTML', /^<(?:\?xml|!--|!doctype tt\b|(?:\w+:)?tt[\s>])/i],
];

/** Of all lines with times, how many are looked for before the kind is said. */
const LINES_LOOKED_AT = 10_000;

/** Of ASS, in front of its first section. Each line has one way to be matched only. */
const COMMENTS = /^(?:[;!][^\n]*\n\s*)+/;
const START_UNITS = 1_000;

/** @throws {SubtitlesRefused} NOT_SUBTITLES. */
export function kindOf(text: string): TextKind {
  const start = text.slice(0, START_UNITS).trimStart().replace(COMMENTS, '');
  const other = OTHERS.find(([pattern]) => pattern.test(start));
  if (other) throw refused('NOT_SUBTITLES', `These are ${other[1]}.`.replace('These are a', 'This is a'));
  const found = MAGIC.find(([, pattern]) => pattern.test(start));
  if (found) return found[0];
  if (/^(\{|\[\s*[{\]])/.test(start)) return 'JSON';
  return kindOfLines(text);
}

function kindOfLines(text: string): 'SRT' | 'SBV' | 'ASS' {
  for (const line of linesOf(text).slice(0, LINES_LOOKED_AT)) {
    if (timingOf(line)) return 'SRT';
    if (sbvTimingOf(line)) return 'SBV';
    if (/^\s*Dialogue\s*:.*?,\s*\d+:\d{2}:/i.test(line)) return 'ASS';
  }
  throw refused(
    'NOT_SUBTITLES',
    'There is no line with times in it as SubRip, WebVTT, ASS, TTML, SBV or JSON have; save the subtitles as one of these.',
  );
}

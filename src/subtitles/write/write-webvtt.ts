import type { TimedWord } from '../../text/timed-words.ts';
import type { Cue } from '../cue.ts';
import { clock } from '../../text/clock.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string => text.replaceAll(/[&<>]/g, (sign) => ENTITIES[sign]!);

/** Cues as WebVTT, with the times of their words and their speakers. What `readSubtitles` reads of it is the same. Pure. */
export const writeWebVtt = (cues: readonly Cue[]): string => ['WEBVTT\n', ...cues.map(cueText)].join('\n');

function cueText(cue: Cue): string {
  const speaker = cue.speaker === undefined ? '' : `<v ${escaped(cue.speaker)}>`;
  const text = textWithTimes(cue) ?? escaped(cue.text);
  return `${clock(cue.startSeconds, '.')} --> ${clock(cue.endSeconds, '.')}\n${speaker}${text}\n`;
}

/**
 * The text with a time before each word that begins later than what is before it, and one behind each that a pause follows. The standard
 * wants each later than the last, and all inside of the cue: others are left out. Null where words are not the text's.
 */
function textWithTimes({ text, words, startSeconds, endSeconds }: Cue): string | null {
  if (!words) return null;
  let [at, latest] = [0, startSeconds];
  const timed = (seconds: number): string => {
    if (seconds <= latest || seconds >= endSeconds) return '';
    latest = seconds;
    return `<${clock(seconds, '.')}>`;
  };
  let written = '';
  for (const word of words) {
    const found = placeOf(text, word, at);
    if (!found) return null;
    written += escaped(text.slice(at, found.from)) + timed(word.startSeconds);
    written += escaped(text.slice(found.from, found.to)) + timed(word.endSeconds);
    at = found.to;
  }
  return written + escaped(text.slice(at));
}

/** Where a word stands in the text; a space within it may be a line's end there. */
function placeOf(text: string, { word }: TimedWord, at: number): { from: number; to: number } | null {
  const from = text.replaceAll('\n', ' ').indexOf(word, at);
  return from < 0 ? null : { from, to: from + word.length };
}

/** Advanced SubStation Alpha, and SSA: what is said is in the lines of dialogue; comments and drawings are not shown. */
import { parse } from 'ass-compiler';
import { LIMITS } from '../limits.ts';
import { linesOf } from './lines.ts';
import type { RawCue, RawSubtitles } from './raw-cue.ts';

const DIALOGUE = /^dialogue\s*:/i;
const FORMAT = /^format\s*:/i;
/** Ours: the longest there is has a dozen names. */
const LONGEST_FORMAT = 1_000;
const USUAL_FORMAT = 'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text';

type Line = { number: number; text: string };

/** Reads ASS, line by line, so that one that is damaged costs itself only. */
export function readAss(text: string): RawSubtitles {
  const raw: RawSubtitles = { cues: [], warnings: [] };
  let format = USUAL_FORMAT;
  let isEvents = true;
  for (const [index, line] of linesOf(text).entries()) {
    const trimmed = line.trim();
    if (/^\[.*\]$/.test(trimmed)) isEvents = /^\[events\]$/i.test(trimmed);
    else if (isEvents && FORMAT.test(trimmed)) format = trimmed.slice(0, LONGEST_FORMAT);
    else if (isEvents && DIALOGUE.test(trimmed)) take({ number: index + 1, text: trimmed }, format, raw);
  }
  return raw;
}

function take(line: Line, format: string, raw: RawSubtitles): void {
  const cue = cueOf(line, format);
  if (cue) raw.cues.push(cue);
  else
    raw.warnings.push({
      code: 'TIME_DAMAGED',
      line: line.number,
      reason: `Line ${line.number} is no dialogue with a start, an end and a text; it is left out.`,
    });
}

function cueOf({ number, text }: Line, format: string): RawCue | null {
  const { events } = parse(`[Events]\n${format}\n${fit(text)}`);
  const [dialogue] = events.dialogue;
  const said = dialogue?.Text;
  if (!dialogue || !said || !Number.isFinite(dialogue.Start) || !Number.isFinite(dialogue.End)) return null;
  return {
    line: number,
    startSeconds: dialogue.Start,
    endSeconds: dialogue.End,
    text: said.combined.replaceAll(String.raw`\N`, '\n').replaceAll(/\\[nh]/g, ' '),
  };
}

/** The parser's patterns look from each brace for its end, and from each blank: none is left without, nor stands in a row. */
function fit(text: string): string {
  const short = text
    .slice(0, LIMITS.rawCueUnits)
    .toWellFormed()
    .replaceAll(/\s{2,}/g, ' ');
  const closed = short.lastIndexOf('}') + 1;
  return short.slice(0, closed) + short.slice(closed).replaceAll('{', '(');
}

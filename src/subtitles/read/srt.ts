/** SubRip has no standard. What programs wrote is read as players read it: what counts are the lines with times. */
import { linesOf } from './lines.ts';
import { withoutMarkup } from './markup.ts';
import type { RawCue, RawSubtitles } from './raw-cue.ts';
import { type Span, timingOf } from './times.ts';

type Block = Span & { line: number; lines: string[] };

const isBlank = (line = ''): boolean => line.trim() === '';

/** Reads SubRip, with numbers or without, blank lines between the cues or not, dots or commas. */
export function readSrt(text: string): RawSubtitles {
  const blocks: Block[] = [];
  const lines = linesOf(text);
  let hasNumbers = false;
  for (const [index, line] of lines.entries()) {
    const span = timingOf(line);
    const block = blocks.at(-1);
    if (!span) {
      block?.lines.push(line);
      continue;
    }
    if (block) takeOffNumber(block.lines, hasNumbers);
    else hasNumbers = NUMBER.test(lines[index - 1] ?? '');
    blocks.push({ ...span, line: index + 1, lines: [] });
  }
  return { cues: blocks.map(cueOf), warnings: [] };
}

const NUMBER = /^\s*\d+\s*$/;
const NUMBER_SET_OFF = /^\s*\d+[a-z]?\s*$/i;

/**
 * A number of its own right above times is the next cue's. Without a blank line above it, it may be all that this cue says, if the
 * file has no numbers elsewhere.
 */
function takeOffNumber(lines: string[], hasNumbers: boolean): void {
  const isSetOff = lines.length > 1 && isBlank(lines.at(-2));
  const isNumber = (isSetOff ? NUMBER_SET_OFF : NUMBER).test(lines.at(-1) ?? '');
  if (isNumber && (hasNumbers || lines.length > 1)) lines.pop();
}

const cueOf = ({ lines, ...block }: Block): RawCue => ({ ...block, text: withoutMarkup(lines.join('\n')) });

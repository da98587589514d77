/** What YouTube calls `.sbv`: a line with both times, then the text. */
import { linesOf } from './lines.ts';
import { withoutMarkup } from './markup.ts';
import type { RawSubtitles } from './raw-cue.ts';
import { sbvTimingOf, type Span } from './times.ts';

/** Reads SBV; `[br]` parts lines as the line's end does. */
export function readSbv(text: string): RawSubtitles {
  const blocks: (Span & { line: number; lines: string[] })[] = [];
  for (const [index, line] of linesOf(text).entries()) {
    const span = sbvTimingOf(line);
    if (span) blocks.push({ ...span, line: index + 1, lines: [] });
    else blocks.at(-1)?.lines.push(line);
  }
  return {
    cues: blocks.map(({ lines, ...block }) => ({
      ...block,
      text: withoutMarkup(lines.join('\n').replaceAll('[br]', '\n')),
    })),
    warnings: [],
  };
}

/** WebVTT by its standard's own parser. */
import { createRequire } from 'node:module';
import type { Cue as VttCue, TreeNode, VTTData } from 'webvtt-parser';
import { bounded } from './bounded-blocks.ts';
import { linesOf } from './lines.ts';
import { decodeEntities } from './markup.ts';
import { type Piece, wordsOfPieces } from './pieces.ts';
import type { RawCue, RawSubtitles, Warning } from './raw-cue.ts';
import { withoutRolling } from './rolling.ts';
import { readSrt } from './srt.ts';
import { timingOf } from './times.ts';

/** It is CommonJS that hangs its names on whatever `this` is: nothing an import would find. */
const { WebVTTParser } = createRequire(import.meta.url)('webvtt-parser') as typeof import('webvtt-parser');

/** It leaves the `;` of those that it knows in the text, and knows no hexadecimal ones: we decode them. */
const NO_ENTITIES = {};

/**
 * Reads WebVTT: cues whose times are not as the standard wants them are dropped with a warning, as players do; where none
 * is left, what is called WebVTT is read as loosely as SubRip. Times within a cue (`<00:00:01.200>`) give its words.
 */
export function readWebVtt(text: string, language?: string): RawSubtitles {
  const whole = linesOf(text);
  const lines = bounded(whole);
  const data = new WebVTTParser(NO_ENTITIES).parse(lines.join('\n'));
  if (data.cues.length === 0) return readSrt(text);
  const lineOf = linesByTimes(lines);
  const cues = data.cues.map((cue) => ({ cue, pieces: piecesOf(cue.tree.children) }));
  return {
    cues: withoutRolling(cues).map(({ cue, pieces }) => ({
      ...cueOf(cue, pieces, language),
      line: lineOf(cue),
    })),
    warnings: [...cutLines(whole, lines), ...badTimes(data, lines)],
  };
}

function cueOf(cue: VttCue, pieces: Piece[], language?: string): Omit<RawCue, 'line'> {
  const span = { startSeconds: cue.startTime, endSeconds: cue.endTime };
  return {
    ...span,
    text: pieces.map(({ text }) => text).join(''),
    words: wordsOfPieces(pieces, span, language),
    speaker: speakerOf(cue.tree.children),
  };
}

function piecesOf(nodes: readonly TreeNode[], pieces: Piece[] = [{ atSeconds: null, text: '' }]): Piece[] {
  for (const node of nodes) {
    if (node.type === 'timestamp') pieces.push({ atSeconds: node.value, text: '' });
    else if (node.type === 'text') pieces.at(-1)!.text += decodeEntities(node.value);
    // How a sign is read is not said twice.
    else if ((node.name as string) !== 'rt') piecesOf(node.children as TreeNode[], pieces);
  }
  return pieces;
}

/** The one who speaks; nobody where there are several. */
function speakerOf(nodes: readonly TreeNode[]): string | undefined {
  const voices = new Set(voicesOf(nodes));
  return voices.size === 1 ? [...voices][0] : undefined;
}

const voicesOf = (nodes: readonly TreeNode[]): string[] =>
  nodes.flatMap((node) => {
    if (node.type !== 'object') return [];
    return (node.name as string) === 'v'
      ? [decodeEntities(node.value.trim())]
      : voicesOf(node.children as TreeNode[]);
  });

const keyOf = (start: number, end: number): string =>
  `${Math.round(start * 1_000)} ${Math.round(end * 1_000)}`;

/** The parser tells no lines of cues: they are found by their times. */
function linesByTimes(lines: readonly string[]): (cue: VttCue) => number | null {
  const found = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    const span = timingOf(line);
    if (span && !found.has(keyOf(span.startSeconds, span.endSeconds)))
      found.set(keyOf(span.startSeconds, span.endSeconds), index + 1);
  }
  return (cue) => found.get(keyOf(cue.startTime, cue.endTime)) ?? null;
}

/** The first line that was cut; those that follow in its cue were too. */
function cutLines(whole: readonly string[], kept: readonly string[]): Warning[] {
  const line = whole.findIndex((each, index) => each !== kept[index]) + 1;
  if (line === 0) return [];
  const reason = `Line ${line} belongs to a cue with more text or tags than is read, and is cut; maybe others are too.`;
  return [{ code: 'CUE_TOO_LONG', line, reason }];
}

/** What the parser says of times that cost their cue. */
const COSTS_THE_CUE =
  /^(No (timestamp found|time unit|seconds found|decimal|valid timestamp)|Timestamp must start|Must be exactly|Milliseconds must|You cannot have)/;

function badTimes({ errors }: VTTData, lines: readonly string[]): Warning[] {
  return errors
    .filter(({ message, line }) => COSTS_THE_CUE.test(message) && lines[line - 1]?.includes('-->'))
    .map(({ message, line }) => ({
      code: 'TIME_DAMAGED',
      line,
      reason: `The times of line ${line} are not WebVTT, and its cue is left out: ${message}`,
    }));
}

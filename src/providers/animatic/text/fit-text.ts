/** Width of a line of text at a font size, px. */
export type Measure = (text: string, fontSize: number) => number;

export type TextBox = {
  /** px */
  width: number;
  /** px */
  height: number;
  /** px; the text is set as large as fits, from `largest` down. */
  largest: number;
  /** px; below it the text is cut with an ellipsis instead. */
  smallest: number;
  /** Of the font size. */
  lineHeight: number;
  maxLines: number;
};

export type FittedText = { lines: string[]; fontSize: number };

const STEP = 0.94;
/** Words are kept whole by setting them smaller, down to this share of the largest size. */
const WHOLE_WORDS_DOWN_TO = 0.62;
const ELLIPSIS = '…';

/**
 * Breaks the text into lines that all fit the box: at the largest size it can, at the smallest with
 * an ellipsis if it must. Breaks between words, in any script; a word longer than a line breaks between graphemes.
 */
export function fitText(text: string, box: TextBox, measure: Measure): FittedText {
  const clean = text.replaceAll(/\s+/gu, ' ').trim();
  for (let fontSize = box.largest; fontSize > box.smallest; fontSize *= STEP) {
    const lines = breakLines(clean, box.width, (line) => measure(line, fontSize));
    const broken = splitsWord(clean, lines) && fontSize > box.largest * WHOLE_WORDS_DOWN_TO;
    if (lines.length <= linesThatFit(box, fontSize) && !broken) {
      return { lines: evenOut(lines, clean, box, (line) => measure(line, fontSize)), fontSize };
    }
  }
  const fontSize = box.smallest;
  const measureLine = (line: string) => measure(line, fontSize);
  const lines = breakLines(clean, box.width, measureLine);
  const room = Math.max(1, linesThatFit(box, fontSize));
  return { lines: lines.length <= room ? lines : cut(lines, room, box.width, measureLine), fontSize };
}

const linesThatFit = (box: TextBox, fontSize: number): number =>
  Math.min(box.maxLines, Math.floor(box.height / (fontSize * box.lineHeight) + 1e-6));

/** Whether a word had to be broken; scripts that do not part words break anywhere. */
const splitsWord = (text: string, lines: readonly string[]): boolean =>
  lines.join(' ') !== text && !UNPARTED.test(text);

const words = new Intl.Segmenter(undefined, { granularity: 'word' });
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Marks that may not begin a line. */
const CLINGS = /^[\p{Pe}\p{Pf}\p{Po}ー々ゝゞっゃゅょッャュョ'’\-‐–]/u;

/** Pieces a line may break between: words with the marks and spaces that cling to them. */
function pieces(text: string): string[] {
  const found: string[] = [];
  for (const { segment } of words.segment(text)) {
    const last = found.at(-1);
    const opened = last !== undefined && /[\p{Ps}\p{Pi}'"‘“]$/u.test(last);
    const joined =
      last !== undefined && !last.endsWith(' ') && !UNPARTED.test(segment) && !UNPARTED.test(last);
    if (last !== undefined && (segment === ' ' || CLINGS.test(segment) || opened || joined))
      found[found.length - 1] = last + segment;
    else found.push(segment);
  }
  return found;
}

const UNPARTED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

function breakLines(text: string, width: number, measure: (line: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text)) {
    if (measure((line + piece).trimEnd()) <= width) {
      line += piece;
      continue;
    }
    if (line.trim()) lines.push(line.trim());
    line = '';
    for (const part of measure(piece.trimEnd()) <= width ? [piece] : slices(piece, width, measure)) {
      if (line) lines.push(line.trim());
      line = part;
    }
  }
  if (line.trim()) lines.push(line.trim());
  return lines.length > 0 ? lines : [''];
}

function slices(word: string, width: number, measure: (line: string) => number): string[] {
  const found: string[] = [];
  let slice = '';
  for (const { segment } of graphemes.segment(word)) {
    if (slice && measure((slice + segment).trimEnd()) > width) {
      found.push(slice);
      slice = '';
    }
    slice += segment;
  }
  return [...found, slice];
}

/** Narrows the measure until one more step would need another line: no last line of one word. */
function evenOut(lines: string[], text: string, box: TextBox, measure: (line: string) => number): string[] {
  let best = lines;
  for (let width = box.width * 0.96; width > box.width * 0.55; width *= 0.96) {
    const narrower = breakLines(text, width, measure);
    if (narrower.length > lines.length || splitsWord(text, narrower)) break;
    best = narrower;
  }
  return best;
}

function cut(
  lines: readonly string[],
  room: number,
  width: number,
  measure: (line: string) => number,
): string[] {
  const kept = lines.slice(0, room);
  let last = kept.at(-1) ?? '';
  while (last && measure(last + ELLIPSIS) > width)
    last = [...graphemes.segment(last)]
      .slice(0, -1)
      .map(({ segment }) => segment)
      .join('');
  return [...kept.slice(0, -1), last.replace(/[\s\p{Po}]+$/u, '') + ELLIPSIS];
}

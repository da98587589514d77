import { spaceBetween } from '../../text/joined.ts';
import type { TimedWord } from '../../text/timed-words.ts';
import { emsHigh, nameOf } from '../fonts/coverage.ts';
import type { Face } from '../fonts/faces.ts';
import { type Caption, captionLines, type CaptionWord } from './caption-lines.ts';
import { safeZone } from './safe-zone.ts';
import {
  CAPTION_STYLES,
  type CaptionLook,
  type CaptionStyle,
  INK,
  LIT,
  OUTLINE,
  OUTLINE_EMS,
} from './styles.ts';

type Size = { width: number; height: number };

/** A subtitle file in ASS, and the faces that it needs. */
export type AssFile = { text: string; faces: Face[] };

/**
 * Sets words, on the clip's clock, as captions for a frame of a size; null where there are none to draw.
 * They stand in the frame's safe zone, on at most two lines.
 */
export function writeAss(
  words: readonly TimedWord[],
  style: CaptionStyle,
  frame: Size,
  clipSeconds: number,
): AssFile | null {
  if (style === 'NONE' || words.length === 0) return null;
  const look: CaptionLook = CAPTION_STYLES[style];
  const zone = safeZone(frame);
  const em = look.emShare * zone.emScale * Math.min(frame.width, frame.height);
  const outline = OUTLINE_EMS * em;
  const captions = captionLines(words, look, (zone.right - zone.left - 2 * outline) / em, clipSeconds);
  const faces = captions.flatMap(({ lines }) =>
    lines.flat().flatMap(({ runs }) => runs.map(({ face }) => face)),
  );
  const events = captions.flatMap((caption) => eventsOf(caption, look, em));
  return {
    text: `${headOf(frame, look, em, outline)}${events.join('\n')}\n`,
    faces: [...new Set([look.face, ...faces])],
  };
}

/** Lines are broken by us (WrapStyle 2), right-to-left text is told by itself (Encoding -1). */
function headOf(frame: Size, { face }: CaptionLook, em: number, outline: number): string {
  const zone = safeZone(frame);
  const margins = [zone.left, frame.width - zone.right, frame.height - zone.bottom].map(Math.round);
  const style = [
    'Words',
    nameOf(face),
    sizeOf(face, em),
    INK,
    LIT,
    OUTLINE,
    '&H80000000',
    // Bold, italic, underlined and struck out: the face is what it is.
    '0,0,0,0',
    '100,100,0,0,1',
    outline.toFixed(1),
    0,
    2,
    ...margins,
    -1,
  ].join(',');
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    `PlayResX: ${frame.width}`,
    `PlayResY: ${frame.height}`,
    'WrapStyle: 2',
    'ScaledBorderAndShadow: yes',
    'YCbCr Matrix: TV.709',
    '',
    '[V4+ Styles]',
    'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, ' +
      'Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, ' +
      'MarginR, MarginV, Encoding',
    `Style: ${style}`,
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    '',
  ].join('\n');
}

/** One event for as long as the same words are lit. */
function eventsOf(caption: Caption, look: CaptionLook, em: number): string[] {
  if (look.lights === 'NOTHING')
    return [event(caption, caption.startSeconds, caption.endSeconds, look, em, -1)];
  const words = caption.lines.flat();
  return words.flatMap((word, place) => {
    const from = place === 0 ? caption.startSeconds : word.startSeconds;
    const to = Math.min(caption.endSeconds, words[place + 1]?.startSeconds ?? caption.endSeconds);
    return from < to ? [event(caption, from, to, look, em, place)] : [];
  });
}

function event(
  { lines, scale }: Caption,
  from: number,
  to: number,
  look: CaptionLook,
  em: number,
  said: number,
): string {
  let place = -1;
  const text = lines
    .map((line) =>
      line
        .map((word, index) => {
          place += 1;
          const isSaid = place === said;
          const isLit = isSaid || (look.lights === 'SO_FAR' && place < said);
          const before = line[index - 1];
          const gap = before ? spaceBetween(before, word) : '';
          return gap + wordText(word, isLit, em * scale * (isSaid ? look.pop : 1));
        })
        .join(''),
    )
    .join(String.raw`\N`);
  return `Dialogue: 0,${clock(from)},${clock(to)},Words,,0,0,0,,${text}`;
}

const wordText = ({ runs }: CaptionWord, isLit: boolean, em: number): string =>
  runs
    .map(
      ({ face, text }) =>
        String.raw`{\fn${nameOf(face)}\fs${sizeOf(face, em)}\c${isLit ? LIT : INK}&}${escaped(text)}`,
    )
    .join('');

/** Size that ASS has to be told for letters of one unit: it counts the height of a face's lines. */
const sizeOf = (face: Face, em: number): string => (em * emsHigh(face)).toFixed(1);

/** Not seen, and no letter: what follows a backslash is no command behind it. */
const JOINER = '\u2060';

const escaped = (text: string): string =>
  text.replaceAll('\\', `\\${JOINER}`).replaceAll(/[{}]/g, (brace) => `\\${brace}`);

/** ASS counts hundredths of a second. */
function clock(seconds: number): string {
  const hundredths = Math.max(0, Math.round(seconds * 100));
  const minutes = Math.floor(hundredths / 6_000);
  return `${Math.floor(minutes / 60)}:${part(minutes % 60)}:${part(Math.floor(hundredths / 100) % 60)}.${part(hundredths % 100)}`;
}

const part = (value: number): string => String(value).padStart(2, '0');

/** How captions look and move. Data only: another style is another line. */
import type { Face } from '../fonts/faces.ts';

export const CAPTION_STYLES = {
  /** A few large words at a time; the one that is said lights up and stands out. */
  WORD_POP: {
    face: 'Inter Bold',
    emShare: 0.088,
    mostWords: 4,
    mostLines: 2,
    isUpperCase: true,
    lights: 'WORD',
    pop: 1.06,
  },
  /** Two lines, which fill with colour as they are said. */
  KARAOKE: {
    face: 'Inter Bold',
    emShare: 0.066,
    mostWords: 12,
    mostLines: 2,
    isUpperCase: false,
    lights: 'SO_FAR',
    pop: 1,
  },
  /** Two lines that stand still. */
  LINE: {
    face: 'Inter',
    emShare: 0.06,
    mostWords: 14,
    mostLines: 2,
    isUpperCase: false,
    lights: 'NOTHING',
    pop: 1,
  },
} as const satisfies Record<string, CaptionLook>;

export type CaptionLook = {
  /** Of what its script does not ask another for. */
  face: Face;
  /** Size of the letters, of the frame's shorter side. */
  emShare: number;
  mostWords: number;
  mostLines: 1 | 2;
  isUpperCase: boolean;
  /** Which words are coloured: the one that is said, or all that were. */
  lights: 'WORD' | 'SO_FAR' | 'NOTHING';
  /** How much larger the word is that is said. */
  pop: number;
};

/** NONE draws nothing. */
export type CaptionStyle = keyof typeof CAPTION_STYLES | 'NONE';

/** As ASS writes colours: alpha, blue, green, red. */
export const INK = '&H00FFFFFF';
export const LIT = '&H0027E0FF';
export const OUTLINE = '&H00101010';

/** Of the em. */
export const OUTLINE_EMS = 0.09;

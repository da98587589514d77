import { begun, ended } from './sentences.ts';

/** What of a beat a shot shows: the words themselves, or a view added so that the film has its length. */
export type View = 'written' | 'setting' | 'closer' | 'detail' | 'reverse' | 'after';

/** One scene to be: a stretch of the text. */
export type Beat = {
  /** As the script headed it. */
  heading: string | null;
  /** As it stands in the script. */
  text: string;
  /** What the script gives the voice to say here, to the letter: the marked words, or the text where none are marked. */
  narration: string | null;
  view: View;
  /** Where the text is a part of a sentence. */
  cut?: {
    /** What ends it as a sentence; absent where it ends as one. */
    stop?: string;
    /** Whether it begins within the sentence. */
    isContinued?: boolean;
  };
};

/** The text as a sentence of its own. */
export function shownText({ text, cut = {} }: Pick<Beat, 'text' | 'cut'>): string {
  const { stop, isContinued = false } = cut;
  const end = stop === undefined ? text : ended(text, stop);
  return isContinued ? begun(end) : end;
}

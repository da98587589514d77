/** What of a beat a shot shows: the words themselves, or a view added so that the film has its length. */
export type View = 'written' | 'setting' | 'closer' | 'detail' | 'reverse' | 'after';

/** One scene to be: a stretch of the text. */
export type Beat = {
  /** As the script headed it. */
  heading: string | null;
  text: string;
  /** What the script gives the voice to say here. */
  narration: string | null;
  view: View;
};

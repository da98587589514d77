import type { SubtitleProblem, SubtitleWarningCode } from '../problem.ts';
import type { CueWord } from '../cue.ts';

export type Warning = SubtitleProblem<SubtitleWarningCode>;

/** A cue as a file has it: its times may be anything, its text is plain but not tidy. */
export type RawCue = {
  /** Of the file, from 1; null where the format has no lines. */
  line: number | null;
  startSeconds: number;
  endSeconds: number;
  text: string;
  words?: CueWord[] | undefined;
  speaker?: string | undefined;
};

/** What a reader of one format gives. */
export type RawSubtitles = { cues: RawCue[]; warnings: Warning[] };

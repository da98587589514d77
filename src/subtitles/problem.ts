/** Nothing of the file is read: these are thrown, as {@link SubtitlesRefused}. */
export type SubtitleRefusalCode =
  | 'FILE_EMPTY'
  | 'FILE_TOO_LARGE'
  /** Not a text, or a text in none of the forms that are read. */
  | 'NOT_SUBTITLES'
  | 'ENCODING_UNKNOWN'
  | 'FILE_DAMAGED'
  /** It has the form of subtitles, and no cue that can be shown. */
  | 'CUES_MISSING'
  | 'TOO_MANY_CUES'
  | 'TOO_MANY_WORDS'
  /** Its cues have no word that somebody says. */
  | 'NOTHING_SAID'
  /** Most of it lies beyond the end of the video. */
  | 'OTHER_FILM'
  /** Reading it takes more time or memory than it may. */
  | 'READING_TOO_COSTLY';

/** The cue it is about is dropped or mended; the others are read. */
export type SubtitleWarningCode =
  | 'CHARACTER_DAMAGED'
  /** It ends when it begins, or before: dropped. */
  | 'CUE_WITHOUT_LENGTH'
  /** It began before the film: it begins with it, or is dropped if it ended before it too. */
  | 'TIME_NEGATIVE'
  | 'TIME_TOO_LATE'
  | 'TIME_DAMAGED'
  | 'CUES_OUT_OF_ORDER'
  | 'CUE_TOO_LONG'
  /** So many more than are told. */
  | 'MORE_WARNINGS';

export type SubtitleProblem<Code = SubtitleRefusalCode | SubtitleWarningCode> = {
  code: Code;
  /** Of the file, from 1; null where it is about none. */
  line: number | null;
  /** A sentence for a person. */
  reason: string;
};

/** The file cannot be read as subtitles. */
export class SubtitlesRefused extends Error {
  override readonly name = 'SubtitlesRefused';
  readonly problem: SubtitleProblem<SubtitleRefusalCode>;

  constructor(problem: SubtitleProblem<SubtitleRefusalCode>, options?: ErrorOptions) {
    super(problem.reason, options);
    this.problem = problem;
  }
}

/** What refuses the file; see {@link SubtitlesRefused}. */
export const refused = (
  code: SubtitleRefusalCode,
  reason: string,
  line: number | null = null,
  options?: ErrorOptions,
): SubtitlesRefused => new SubtitlesRefused({ code, line, reason }, options);

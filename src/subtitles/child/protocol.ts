import type { SubtitleProblem, SubtitleRefusalCode } from '../problem.ts';
import type { ReadSubtitlesOptions, Subtitles } from '../read-subtitles.ts';

/** What the child is asked. */
export type ReadSubtitlesJob = { file: string; options: ReadSubtitlesOptions };

/** What it answers: a file that is no subtitles is no failure of its. */
export type SubtitlesAnswer = { read: Subtitles } | { refused: SubtitleProblem<SubtitleRefusalCode> };

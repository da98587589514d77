import type { SubtitleProblem, SubtitleRefusalCode } from '../problem.ts';
import type { ReadTalk, ReadTalkOptions } from '../read-talk.ts';

/** What the child is asked. */
export type ReadTalkJob = { file: string; options: ReadTalkOptions };

/** What it answers: a file that is no subtitles is no failure of its. */
export type TalkAnswer = { read: ReadTalk } | { refused: SubtitleProblem<SubtitleRefusalCode> };

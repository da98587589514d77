import { runInChild, siblingScript } from '../../../src/media/child/child.ts';

export type SubtitledJob = {
  sound: string;
  subtitles: { file: string; language: string; isForced?: boolean }[];
  toFile: string;
};

/** Makes a film without pictures that brings subtitles along. */
export const makeSubtitled = (job: SubtitledJob): Promise<string> =>
  runInChild<string>(siblingScript(import.meta.url, './subtitled.child'), job);

import { readFile } from 'node:fs/promises';
import { serveChildJob } from '../../media/child/main.ts';
import { SubtitlesRefused } from '../problem.ts';
import { readSubtitles } from '../read-subtitles.ts';
import type { ReadSubtitlesJob, SubtitlesAnswer } from './protocol.ts';

serveChildJob(async ({ file, options }: ReadSubtitlesJob): Promise<SubtitlesAnswer> => {
  try {
    return { read: await readSubtitles(await readFile(file), options) };
  } catch (error) {
    if (!(error instanceof SubtitlesRefused)) throw error;
    return { refused: error.problem };
  }
});

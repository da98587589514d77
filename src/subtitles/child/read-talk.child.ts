import { readFile } from 'node:fs/promises';
import { serveChildJob } from '../../media/child/main.ts';
import { SubtitlesRefused } from '../problem.ts';
import { readTalk } from '../read-talk.ts';
import type { ReadTalkJob, TalkAnswer } from './protocol.ts';

serveChildJob(async ({ file, options }: ReadTalkJob): Promise<TalkAnswer> => {
  try {
    return { read: await readTalk(await readFile(file), options) };
  } catch (error) {
    if (!(error instanceof SubtitlesRefused)) throw error;
    return { refused: error.problem };
  }
});

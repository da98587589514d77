/** A film with a talk in it, as the library has one: pictures with numbers, and the words of a transcript. */
import { newId } from '../../../src/core/ids.ts';
import type { Video } from '../../../src/generated/prisma/client.ts';
import { probe } from '../../../src/media/read/probe.ts';
import { columnsOf } from '../../../src/features/transcripts/text-columns.ts';
import { makeNumbered, type NumberedFilm } from '../../media/support/numbered.ts';
import type { TestPlatform } from '../../support/test-platform.ts';
import { talkOf } from '../../../src/subtitles/words/talk.ts';
import { fileKeys } from '../../../src/features/assets/file-keys.ts';
import { basename, dirname } from 'node:path';
import type { TimedWord } from '../../../src/text/timed-words.ts';

/** Said one after the other, a word every 0.3 s, with half a second between sentences. */
export const SENTENCES = [
  'Why does nobody ever tell you this?',
  'I lost three million dollars in one single night.',
  'And that is the best thing that ever happened to me.',
  'So today we look at some slides.',
  'The next slide shows the agenda of the day.',
  'What would you do if you had nothing left?',
  'I was terrified, and I cried for two whole days.',
  'But then I understood that fear is a choice.',
  'Thank you, and see you next week.',
];

const WORD_SECONDS = 0.3;
const PAUSE_SECONDS = 0.5;
const LEAD_SECONDS = 1;

/** The words of {@link SENTENCES} with their times, and when the last one ends. */
export function spoken(sentences: readonly string[] = SENTENCES): { words: TimedWord[]; endSeconds: number } {
  const words: TimedWord[] = [];
  let at = LEAD_SECONDS;
  for (const sentence of sentences) {
    for (const word of sentence.split(' ')) {
      words.push({ word, startSeconds: at, endSeconds: at + WORD_SECONDS });
      at += WORD_SECONDS;
    }
    at += PAUSE_SECONDS;
  }
  return { words, endSeconds: at };
}

/** Puts a film of so many seconds into the library; its pictures and its sound tell their time. */
export async function addFilm(
  platform: TestPlatform,
  seconds: number,
  film: Partial<NumberedFilm> = {},
): Promise<Video> {
  const { ctx, db, storage } = platform;
  const { workspaceId } = ctx.actor;
  const id = newId();
  const filePath = (await fileKeys(db)).keyOf(workspaceId, `test:${id}`, 'mp4');
  const measured = await storage.withTemporary('mp4', async (file) => {
    const frameRate = { num: 10, den: 1 };
    const wish = { name: basename(file), frames: seconds * 10, frameRate, width: 320, height: 180, ...film };
    await makeNumbered(dirname(file), wish);
    const seen = await probe(file);
    await storage.keep(file, filePath);
    return seen;
  });
  const { durationSeconds, fileSizeBytes, videoCodec, audioCodec, width, height, frameRate } = measured;
  return db.video.create({
    data: {
      id,
      workspaceId,
      identifier: `talk-${id}`,
      title: 'A talk',
      filePath,
      origin: 'INGESTED',
      durationSeconds,
      fileSizeBytes,
      videoCodec,
      audioCodec,
      width,
      height,
      frameRate,
    },
  });
}

/** Gives a video its transcript, as a recogniser would. */
export const addTranscript = ({ db }: TestPlatform, videoId: string, words: readonly TimedWord[]) =>
  db.transcript.create({
    data: {
      id: newId(),
      videoId,
      ...columnsOf(talkOf([...words], 'en')),
      language: 'en',
      transcriptionService: 'SUBTITLES',
      processingTimeSeconds: 0.1,
    },
  });

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readTalkBoxed } from '../../src/subtitles/child/read-boxed.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';

function fileOf(text: string): string {
  const file = path.join(temporaryFolder('boxed'), 'a.srt');
  writeFileSync(file, text);
  return file;
}

const VIDEO = { durationSeconds: 3_600, language: 'en' };
const HELLO = '1\n00:00:01,000 --> 00:00:02,500\nHello. Dr. Who?\n';

test('a process of its own reads what is said, in words and sentences', async () => {
  const talk = await readTalkBoxed(fileOf(HELLO), VIDEO);
  expect(talk).toMatchObject({ text: 'Hello. Dr. Who?', isSpread: true, warnings: [] });
  expect(talk.words.map(({ word }) => word)).toEqual(['Hello.', 'Dr.', 'Who?']);
  expect(talk.sentences.map(({ text }) => text)).toEqual(['Hello.', 'Dr. Who?']);
});

test('it refuses what is none with the line and the reason', async () => {
  const none = readTalkBoxed(fileOf('Dear diary, nothing happened.'), VIDEO);
  await expect(none).rejects.toMatchObject({ name: 'SubtitlesRefused', problem: { code: 'NOT_SUBTITLES' } });
});

/** Two thousand words each. */
const wordy = (cues: number) =>
  fileOf(`00:00:01,000 --> 00:00:02,000\n${'a '.repeat(2_000)}\n\n`.repeat(cues));

test('what comes to the end of its time or its memory is refused as too costly, and which it was is told', async () => {
  const file = wordy(1_000);
  await expect(readTalkBoxed(file, VIDEO, { cpuSeconds: 0.1 })).rejects.toMatchObject({
    problem: { code: 'READING_TOO_COSTLY', reason: expect.stringContaining('more time') as string },
  });
  await expect(readTalkBoxed(file, VIDEO, { heapMebibytes: 8 })).rejects.toMatchObject({
    problem: { code: 'READING_TOO_COSTLY', reason: expect.stringContaining('more memory') as string },
  });
});

test('a process that cannot do its work for another reason is no fault of the file', async () => {
  const missing = readTalkBoxed(path.join(temporaryFolder('boxed'), 'gone.srt'), VIDEO);
  await expect(missing).rejects.toMatchObject({ name: 'DomainError', code: 'MEDIA_FAILED' });
});

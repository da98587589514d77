import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readSubtitlesBoxed } from '../../src/subtitles/child/read-boxed.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';

function fileOf(text: string): string {
  const file = path.join(temporaryFolder('boxed'), 'a.srt');
  writeFileSync(file, text);
  return file;
}

test('a process of its own reads subtitles, and refuses what is none with the line and the reason', async () => {
  const read = await readSubtitlesBoxed(fileOf('1\n00:00:01,000 --> 00:00:02,500\nHello.\n'), {});
  expect(read).toMatchObject({ kind: 'SRT', cues: [{ startSeconds: 1, endSeconds: 2.5, text: 'Hello.' }] });
  const none = readSubtitlesBoxed(fileOf('Dear diary, nothing happened.'), {});
  await expect(none).rejects.toMatchObject({ name: 'SubtitlesRefused', problem: { code: 'NOT_SUBTITLES' } });
});

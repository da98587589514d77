import { expect, test } from 'vitest';
import { writeSrt } from '../../src/subtitles/write/write-srt.ts';
import { read } from './support/read.ts';

const CUES = 100_000;
const cuesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    startSeconds: index * 3,
    endSeconds: index * 3 + 2.5,
    text: `This is line ${index}, and\nmore of it.`,
  }));

test('a hundred thousand cues take less than two seconds of CPU, and one more is refused', async () => {
  const bytes = Buffer.from(writeSrt(cuesOf(CUES)));
  const before = process.cpuUsage();
  const { cues } = await read(bytes);
  const { user, system } = process.cpuUsage(before);
  expect(cues).toEqual(cuesOf(CUES));
  expect((user + system) / 1_000_000).toBeLessThan(2);
  await expect(read(writeSrt(cuesOf(CUES + 1)))).rejects.toMatchObject({
    problem: { code: 'TOO_MANY_CUES' },
  });
});

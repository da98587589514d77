import { expect, test } from 'vitest';
import { spriteIndex, spriteStep } from '../../src/media/ingest/sprite-index.ts';

test('tiles follow each other without gaps, row by row, to the film’s end', () => {
  const cues = spriteIndex(3_700.5, 7, 'https://a.test/sheet.jpg?b=c').split('\n\n').slice(1);
  expect(cues).toHaveLength(529);
  expect(cues[0]).toBe('00:00:00.000 --> 00:00:07.000\nhttps://a.test/sheet.jpg?b=c#xywh=0,0,160,90');
  expect(cues[113]).toBe('00:13:11.000 --> 00:13:18.000\nhttps://a.test/sheet.jpg?b=c#xywh=480,990,160,90');
  expect(cues.at(-1)?.trim()).toMatch(/^01:01:36\.000 --> 01:01:40\.500\n.*#xywh=1280,4680,160,90$/);
});

test('times are rounded to the millisecond', () => {
  expect(spriteIndex(59.9996, 60, 'a')).toContain('00:00:00.000 --> 00:01:00.000\n');
});

test('a film has a tile a second, and no more than 600', () => {
  expect([0.5, 600, 601, 12 * 3_600].map((seconds) => spriteStep(seconds))).toEqual([1, 1, 2, 72]);
});

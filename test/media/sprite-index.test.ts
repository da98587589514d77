import { expect, test } from 'vitest';
import { spriteIndex } from '../../src/media/ingest/sprite-index.ts';

test('tiles follow each other without gaps, page by page, to the film’s end', () => {
  const cues = spriteIndex(3_700.5, 7, 6).split('\n\n').slice(1);
  expect(cues).toHaveLength(529);
  expect(cues[0]).toBe('00:00:00.000 --> 00:00:07.000\nsprite-0.jpg#xywh=0,0,160,90');
  expect(cues[113]).toBe('00:13:11.000 --> 00:13:18.000\nsprite-1.jpg#xywh=480,90,160,90');
  expect(cues.at(-1)?.trim()).toBe('01:01:36.000 --> 01:01:40.500\nsprite-5.jpg#xywh=1280,180,160,90');
});

test('times are rounded to the millisecond', () => {
  expect(spriteIndex(59.9996, 60, 1)).toContain('00:00:00.000 --> 00:01:00.000\n');
});

test('no tile is named that is on no page', () => {
  const cues = spriteIndex(150, 1, 1).split('\n\n').slice(1);
  expect(cues.at(-1)).toContain('sprite-0.jpg#xywh=1440,810,');
});

import { expect } from 'vitest';
import type { StitchRequest } from '../../../src/media/stitch/stitch.ts';

/** Size of the films. */
export const SIZE = { width: 64, height: 36 };
export const AAC_FRAME_SECONDS = 1024 / 48_000;

/** Hard cuts and no chapters unless given. */
export const request = (
  clips: string[],
  toFile: string,
  more: Partial<StitchRequest> = {},
): StitchRequest => ({
  clips,
  toFile,
  crossfadeSeconds: 0,
  size: SIZE,
  titles: [],
  ...more,
});

/** Greys of a drawn clip. */
export const ramp = (grey: number, frames: number): number[] =>
  Array.from({ length: frames }, (_, frame) => grey + frame);

/** Holds each frame's grey against what it was drawn with; encoding changes it a little. */
export function expectGreys(actual: number[], expected: number[]): void {
  expect(actual).toHaveLength(expected.length);
  const worst = Math.max(...expected.map((grey, index) => Math.abs(grey - (actual[index] ?? 0))));
  expect(worst).toBeLessThan(2.5);
}

import { expect, test } from 'vitest';
import { fadeSound } from '../../src/media/stitch/fade-sound.ts';

test('a sound crossfade goes from the one to the other and keeps its power on the way', () => {
  const left = new Float32Array(2_000).fill(1);
  const silence = new Float32Array(2_000);
  const outgoing = left.slice();
  const incoming = new Float32Array(3_000).fill(1);
  const fadedOut = silence.slice();
  fadeSound(outgoing, fadedOut);
  const fadedIn = incoming.slice();
  fadeSound(silence, fadedIn);

  expect(fadedOut[0]).toBeCloseTo(1, 2);
  expect(fadedOut.at(-1)).toBeCloseTo(0, 2);
  expect(fadedIn[0]).toBeCloseTo(0, 2);
  expect(fadedIn.slice(2_000)).toEqual(incoming.slice(2_000));
  const power = fadedOut.map((sample, i) => sample ** 2 + (fadedIn[i] ?? 0) ** 2);
  for (const sum of power) expect(sum).toBeCloseTo(1, 5);
});

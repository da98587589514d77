import { expect, test } from 'vitest';
import { cropPlace, cropSize, shotAt } from '../../src/media/cut/framing.ts';

const WIDE = { width: 1920, height: 1080 };
const TALL = { width: 1080, height: 1920 };

test('a crop has the frame’s shape, even sides, and is as large as it can be', () => {
  expect(cropSize(WIDE, TALL, 1)).toEqual({ width: 608, height: 1080 });
  expect(cropSize(WIDE, TALL, 0.5)).toEqual({ width: 304, height: 540 });
  expect(cropSize(TALL, WIDE, 7)).toEqual({ width: 1080, height: 608 });
});

test('a crop moves in a straight line between points, and never leaves the picture', () => {
  const crop = { width: 600, height: 1080 };
  const points = [
    { atSeconds: 1, x: 0.4, y: 0.5 },
    { atSeconds: 3, x: 0.6, y: 0.5 },
  ];
  const placesAt = [0, 1, 2, 3, 9].map((seconds) => cropPlace(points, seconds, WIDE, crop).x);
  expect(placesAt).toEqual([468, 468, 660, 852, 852]);
  expect(cropPlace([{ atSeconds: 0, x: 0, y: 1 }], 0, WIDE, crop)).toEqual({ x: 0, y: 0 });
  expect(cropPlace([{ atSeconds: 0, x: 1, y: 0 }], 0, WIDE, crop)).toEqual({ x: 1320, y: 0 });
  expect(cropPlace([], 0, WIDE, crop).x).toBe(660);
});

test('a shot begins with the picture that is shown at its time, however that was rounded', () => {
  const whole = { kind: 'WHOLE' as const };
  const shots = [0, 2.0021].map((fromSeconds) => ({ fromSeconds, framing: whole }));
  expect([1.9, 2, 2.1].map((seconds) => shotAt({ ...TALL, shots }, seconds))).toEqual([0, 1, 1]);
});

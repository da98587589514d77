/** Where shots change is found to the picture, in bright films and in dark and noisy ones; flashes are looked past. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findShots } from '../../src/media/shots/find-shots.ts';
import { testDirectory } from './support/clips.ts';
import { drawShots } from './support/shots-film.ts';

const CUTS = [31, 58, 66, 90, 131, 149, 180, 201, 226];
const FILM = { frames: 250, cuts: CUTS, flashes: [15, 110, 165, 213] };

test.each([
  ['bright', { brightness: 1, noise: 6 }],
  ['dark and noisy', { brightness: 0.28, noise: 14 }],
])('in a %s film', async (_, look) => {
  const file = join(await testDirectory(), 'film.mp4');
  await drawShots({ file, ...FILM, ...look });
  const heard: number[] = [];
  const changes = await findShots(
    { file, durationSeconds: FILM.frames / 24 },
    { onProgress: (seconds) => heard.push(seconds) },
  );
  expect(changes.map((seconds) => Math.round(seconds * 24 * 100) / 100)).toEqual(CUTS);
  expect(heard.at(-1)).toBeGreaterThan(9);
});

test('a cancel ends the work at once', async () => {
  const file = join(await testDirectory(), 'film.mp4');
  await drawShots({ file, ...FILM, brightness: 1, noise: 6 });
  const controller = new AbortController();
  const found = findShots(
    { file, durationSeconds: 10 },
    { signal: controller.signal, onProgress: () => controller.abort(new Error('enough')) },
  );
  await expect(found).rejects.toThrow('enough');
});

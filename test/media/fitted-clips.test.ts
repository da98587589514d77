/** Clips of another shape than their film's: cropped where they are nearly of it, whole between bars where they are not. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { fittedClips } from '../../src/features/videos/fitted-clips.ts';
import { aspectOf, fittingOf } from '../../src/media/still/fitting.ts';
import { poster } from '../../src/media/still/poster.ts';
import { stitch } from '../../src/media/stitch/stitch.ts';
import { drawClips, testDirectory } from './support/clips.ts';
import { request } from './support/films.ts';

test(
  'a clip that is a little too wide fills the film, a square one stands between bars, and both are told',
  { tags: 'long' },
  async () => {
    const directory = await testDirectory();
    const still = { frames: 8, grey: 200 };
    const clips = await drawClips(
      directory,
      { ...still, width: 64, height: 36 },
      { ...still, width: 68, height: 36 },
      { ...still, width: 36, height: 36 },
    );
    const toFile = join(directory, 'film.mp4');

    const { fittings } = await stitch(request(clips, toFile));

    expect(fittings).toEqual(['WHOLE', 'CROPPED', 'PADDED']);
    const bright = async (second: number, ...places: [x: number, y: number][]) => {
      const file = join(directory, `${second}.jpg`);
      await poster(toFile, second, file);
      const picture = await loadImage(await readFile(file));
      const context = createCanvas(picture.width, picture.height).getContext('2d');
      context.drawImage(picture, 0, 0);
      return places.map(([x, y]) => Math.round((context.getImageData(x, y, 1, 1).data[0] ?? 0) / 100));
    };
    const corners: [number, number][] = [
      [0, 0],
      [63, 0],
      [0, 35],
      [63, 35],
    ];
    expect(await bright(0.2, ...corners)).toEqual([2, 2, 2, 2]);
    expect(await bright(0.5, ...corners)).toEqual([2, 2, 2, 2]);
    // 36 columns of it show the clip, from the 14th on.
    expect(await bright(0.85, [10, 18], [17, 0], [46, 35], [53, 18])).toEqual([0, 2, 2, 0]);
  },
);

test.each([
  ['1280x720', '1280x720', 'WHOLE'],
  ['854x480', '1280x720', 'WHOLE'],
  ['1376x768', '1280x720', 'CROPPED'],
  ['720x1280', '1280x720', 'PADDED'],
  ['1024x768', '1280x720', 'PADDED'],
])('pictures of %s in a film of %s are %s', (picture, film, fitting) => {
  const [one = 1, other = 1] = [picture, film].map((size) => {
    const [width = 0, height = 0] = size.split('x').map(Number);
    return aspectOf({ width, height });
  });
  expect(fittingOf(one, other)).toBe(fitting);
});

test('a person is told which clips were fitted, and how', () => {
  const items = [0, 1, 2, 5].map((sceneIndex) => ({ sceneIndex }));
  const told = fittedClips(items, ['CROPPED', 'WHOLE', 'PADDED', 'PADDED']);
  expect(told.map(({ message }) => message)).toEqual([
    'The clip of scene 1 has nearly the shape of the film: it fills the frame, and loses a little at two edges.',
    'Each clip of the scenes 3, 6 has another shape than the film: it is shown whole, between black bars.',
  ]);
  expect(fittedClips(items, ['WHOLE', 'WHOLE', 'WHOLE', 'WHOLE'])).toEqual([]);
});

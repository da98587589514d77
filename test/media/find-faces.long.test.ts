/** Faces are found where they are: moving, small, in the dark; and who speaks is told from who does not. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SeenFaces } from '../../src/media/faces/face.ts';
import { findFaces } from '../../src/media/faces/find-faces.ts';
import { testDirectory } from './support/clips.ts';
import { drawFaces, type FacesShot } from './support/faces-film.ts';

const SIZE = { width: 1280, height: 720 };

async function film(shots: FacesShot[]) {
  const file = join(await testDirectory(), 'film.mp4');
  await drawFaces({ file, ...SIZE, shots });
  let frames = 0;
  const ends = shots.map((shot) => (frames += shot.frames) / 25);
  return { file, startSeconds: 0, endSeconds: ends.at(-1) ?? 0, cuts: ends.slice(0, -1) };
}

const placesOf = (seen: readonly SeenFaces[]) =>
  seen.map(({ seconds, faces: [face, ...others] }) => ({
    seconds,
    x: face && Math.round(face.x * SIZE.width),
    y: face && Math.round(face.y * SIZE.height),
    others: others.length,
  }));

test('a face is found where it is, four times a second and in the first picture of each shot', async () => {
  const wish = await film([
    { frames: 30, people: [{ from: { x: 300, y: 300 }, faceWidth: 150 }] },
    { frames: 20, people: [] },
    { frames: 30, people: [{ from: { x: 900, y: 350 }, to: { x: 1000, y: 350 }, faceWidth: 150 }] },
  ]);
  const places = placesOf(await findFaces(wish));
  expect(places.map(({ seconds }) => Math.round(seconds * 25))).toEqual([
    0, 7, 14, 21, 28, 30, 37, 44, 50, 57, 64, 71, 78,
  ]);
  const during = (from: number, to: number) =>
    places.filter(({ seconds }) => seconds >= from && seconds < to);
  for (const { x, y } of during(0, 1.2)) expect([x, y]).toEqual([near(300), near(300)]);
  for (const { x } of during(1.2, 2)) expect(x).toBeUndefined();
  for (const { seconds, x, y } of during(2, 4)) {
    expect([x, y]).toEqual([near(900 + (100 * (seconds * 25 - 50)) / 29), near(350)]);
  }
  expect(places.map(({ others }) => others)).toEqual(places.map(() => 0));
});

/** To a tenth of a face. */
const near = (value: number) => ({
  asymmetricMatch: (other: unknown) => typeof other === 'number' && Math.abs(other - value) < 15,
});

test('small faces are found, and those in the dark', async () => {
  const wish = await film([
    { frames: 5, people: [{ from: { x: 300, y: 300 }, faceWidth: 50 }] },
    { frames: 5, people: [{ from: { x: 900, y: 300 }, faceWidth: 70 }], brightness: 0.2 },
  ]);
  const places = placesOf(await findFaces(wish));
  expect(places.map(({ x }) => x)).toEqual([near(300), near(900)]);
});

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('of two, the one whose lips move is told, also while the other one’s head moves', async () => {
  const silent = { from: { x: 300, y: 300 }, to: { x: 340, y: 320 }, faceWidth: 150 };
  const speaking = { from: { x: 900, y: 300 }, faceWidth: 150, isSpeaking: true };
  const seen = await findFaces(await film([{ frames: 50, people: [silent, speaking] }]));
  const lips = (isLeft: boolean) =>
    seen.flatMap(({ faces }) => faces.filter(({ x }) => x < 0.5 === isLeft).map((face) => face.lips ?? 0));
  expect(lips(true)).toHaveLength(seen.length);
  expect(mean(lips(false))).toBeGreaterThan(3 * mean(lips(true)));
});

test('a stretch in the middle has times of the film, and a cancel ends the work at once', async () => {
  const wish = await film([{ frames: 75, people: [{ from: { x: 300, y: 300 }, faceWidth: 150 }] }]);
  const heard: number[] = [];
  const stretch = { ...wish, startSeconds: 1, endSeconds: 2 };
  const seen = await findFaces(stretch, { onProgress: (seconds) => heard.push(seconds) });
  expect(seen.map(({ seconds }) => seconds)).toEqual([1, 1.28, 1.56, 1.84]);
  expect(heard.at(-1)).toBeGreaterThan(0.8);
  const controller = new AbortController();
  const abort = () => controller.abort(new Error('enough'));
  const found = findFaces(wish, { signal: controller.signal, onProgress: abort });
  await expect(found).rejects.toThrow('enough');
});

test('what is no film is refused by its name', async () => {
  const file = join(await testDirectory(), 'notes.mp4');
  await writeFile(file, 'nothing to see');
  const found = findFaces({ file, startSeconds: 0, endSeconds: 1, cuts: [] });
  await expect(found).rejects.toMatchObject({
    code: 'MEDIA_FAILED',
    message: expect.stringContaining('notes.mp4'),
  });
});

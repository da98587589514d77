/** Drawing pictures anew, as JPEGs on white. Only inside a media child. */
import { readFile, writeFile } from 'node:fs/promises';
import { createCanvas, type Image, loadImage } from '@napi-rs/canvas';
import type { FitJob } from './fit-picture.ts';
import type { PictureSize, RedrawJob } from './redraw-picture.ts';

/** Of 100: no visible loss, a third of the size of 100. */
const JPEG_QUALITY = 92;

/** Writes a picture anew, perhaps in its own place and smaller. */
export async function drawAnew({ file, toFile, longestSide }: RedrawJob): Promise<PictureSize> {
  const picture = await loadImage(await readFile(file));
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) =>
    Math.max(1, Math.round(side * scale)),
  );
  if (width === undefined || height === undefined) throw new Error('A picture has two sides.');
  await draw(picture, { width: picture.width, height: picture.height }, { width, height }, toFile);
  return { width, height };
}

/** Writes the middle of a picture in its place, in another size. */
export async function drawMiddle({ file, part, size }: FitJob): Promise<void> {
  await draw(await loadImage(await readFile(file)), part, size, file);
}

async function draw(picture: Image, part: PictureSize, size: PictureSize, toFile: string): Promise<void> {
  const canvas = createCanvas(size.width, size.height);
  const context = canvas.getContext('2d');
  // JPEG has no transparency.
  context.fillStyle = 'white';
  context.fillRect(0, 0, size.width, size.height);
  context.imageSmoothingQuality = 'high';
  const [left, top] = [(picture.width - part.width) / 2, (picture.height - part.height) / 2].map(Math.round);
  context.drawImage(picture, left ?? 0, top ?? 0, part.width, part.height, 0, 0, size.width, size.height);
  await writeFile(toFile, await canvas.encode('jpeg', JPEG_QUALITY));
}

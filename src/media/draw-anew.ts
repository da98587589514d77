import { readFile, writeFile } from 'node:fs/promises';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { PictureSize, RedrawJob } from './redraw-picture.ts';

/** Of 100: no visible loss, a third of the size of 100. */
const JPEG_QUALITY = 92;

/** Writes a picture anew as a JPEG on white, perhaps in its own place. Only inside a media child. */
export async function drawAnew({ file, toFile, longestSide }: RedrawJob): Promise<PictureSize> {
  const picture = await loadImage(await readFile(file));
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) =>
    Math.max(1, Math.round(side * scale)),
  );
  if (width === undefined || height === undefined) throw new Error('A picture has two sides.');
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  // JPEG has no transparency.
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  await writeFile(toFile, await canvas.encode('jpeg', JPEG_QUALITY));
  return { width, height };
}

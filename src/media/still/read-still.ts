import { type Canvas, createCanvas, ImageData } from '@napi-rs/canvas';
import { FilterAPI } from 'node-av/api';
import type { Frame } from 'node-av/lib';
import { DomainError } from '../../core/errors.ts';
import { namingFile } from '../read/open-media.ts';
import { readLook } from '../read/look.ts';
import { readFrames } from '../read/read-frames.ts';
import { toStill } from './to-film.ts';

/**
 * The picture a film shows, upright, at `atSeconds`; past its end, the last one. Only inside a media child.
 *
 * @throws {DomainError} MEDIA_FAILED, naming the file, when there is none.
 */
export const readStill = (file: string, atSeconds: number): Promise<Canvas> =>
  namingFile(file, async () => {
    const filter = toStill(await readLook(file));
    for await (const { frame } of readFrames(file, Math.max(0, atSeconds))) return toCanvas(frame, filter);
    const last = await lastFrame(file);
    if (!last) throw new DomainError('MEDIA_FAILED', `${file}: there is no picture in it.`);
    return toCanvas(last, filter);
  });

async function lastFrame(file: string): Promise<Frame | undefined> {
  let last: Frame | undefined;
  for await (const { frame } of readFrames(file, 0)) {
    last?.free();
    last = frame;
  }
  return last;
}

function flushed(filter: FilterAPI): Generator<Frame> {
  filter.flushSync();
  return filter.flushFramesSync();
}

async function toCanvas(frame: Frame, filter: string): Promise<Canvas> {
  using toRgba = FilterAPI.create(filter);
  // A deinterlacer waits for the picture after.
  const [converted] = [...toRgba.processAllSync(frame), ...flushed(toRgba)];
  if (!converted) throw new DomainError('MEDIA_FAILED', 'A decoded picture could not be converted.');
  const { width, height } = converted;
  const canvas = createCanvas(width, height);
  const pixels = new Uint8ClampedArray(converted.toBuffer());
  canvas.getContext('2d').putImageData(new ImageData(pixels, width, height), 0, 0);
  frame.free();
  converted.free();
  return canvas;
}

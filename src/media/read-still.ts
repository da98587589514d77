import { type Canvas, createCanvas, ImageData } from '@napi-rs/canvas';
import { FilterAPI } from 'node-av/api';
import type { Frame } from 'node-av/lib';
import { DomainError } from '../core/errors.ts';
import { namingFile } from './open-media.ts';
import { readFrames } from './read-frames.ts';

/** Square pixels in the colours of the web. */
const FILM_TO_RGBA = "scale=w='max(2,trunc(iw*sar/2)*2)':h=ih:out_range=pc,setsar=1,format=rgba";

/**
 * The picture a film shows at `atSeconds`; past its end, the last one. Only inside a media child.
 *
 * @throws {DomainError} MEDIA_FAILED, naming the file, when there is none.
 */
export const readStill = (file: string, atSeconds: number): Promise<Canvas> =>
  namingFile(file, async () => {
    for await (const { frame } of readFrames(file, Math.max(0, atSeconds))) return toCanvas(frame);
    const last = await lastFrame(file);
    if (!last) throw new DomainError('MEDIA_FAILED', `${file}: there is no picture in it.`);
    return toCanvas(last);
  });

async function lastFrame(file: string): Promise<Frame | undefined> {
  let last: Frame | undefined;
  for await (const { frame } of readFrames(file, 0)) {
    last?.free();
    last = frame;
  }
  return last;
}

async function toCanvas(frame: Frame): Promise<Canvas> {
  using toRgba = FilterAPI.create(FILM_TO_RGBA);
  const [converted] = await toRgba.processAll(frame);
  if (!converted) throw new DomainError('MEDIA_FAILED', 'A decoded picture could not be converted.');
  const { width, height } = converted;
  const canvas = createCanvas(width, height);
  const pixels = new Uint8ClampedArray(converted.toBuffer());
  canvas.getContext('2d').putImageData(new ImageData(pixels, width, height), 0, 0);
  frame.free();
  converted.free();
  return canvas;
}

import { open } from 'node:fs/promises';
import { Decoder, Demuxer } from 'node-av/api';
import * as av from 'node-av/constants';
import { Log } from 'node-av/lib';
import { DomainError } from '../../core/errors.ts';
import { serveChildJob } from '../child/main.ts';
import { packetsOf } from '../read/open-media.ts';
import { PICTURE_MARK_BYTES, pictureKindOf, type PictureKind } from './picture-kind.ts';
import type { PictureSize } from './redraw-picture.ts';
import type { TakePictureJob, TakenPicture } from './take-picture.ts';

Log.setLevel(av.AV_LOG_ERROR);

/** Most pixels that are decoded; ours, four times a 4K frame. */
const MAX_PIXELS = 64_000_000;

/** By its demuxer, never by FFmpeg's guess: a playlist posing as a picture would make it open other files. */
const DEMUXERS: Readonly<Record<PictureKind, string>> = {
  PNG: 'png_pipe',
  JPEG: 'jpeg_pipe',
  WEBP: 'webp_pipe',
  AVIF: 'mov',
};

serveChildJob(async ({ file }: TakePictureJob): Promise<TakenPicture> => {
  const kind = await kindOf(file);
  const size = await decodeWhole(file, kind);
  if (kind === 'PNG') return { ...size, mimeType: 'image/png' };
  if (kind === 'JPEG') return { ...size, mimeType: 'image/jpeg' };
  const { drawAnew } = await import('./draw-anew.ts');
  const longestSide = Math.max(size.width, size.height);
  return { ...(await drawAnew({ file, toFile: file, longestSide })), mimeType: 'image/jpeg' };
});

async function kindOf(file: string): Promise<PictureKind> {
  await using handle = await open(file);
  const { buffer } = await handle.read(Buffer.alloc(PICTURE_MARK_BYTES), 0, PICTURE_MARK_BYTES, 0);
  const kind = pictureKindOf(buffer);
  if (!kind) throw unusable('it is no PNG, JPEG, WebP or AVIF');
  return kind;
}

/** Of a picture that was cut off, decoders draw what there is, unless they are told to be strict. */
const STRICT = { err_detect: 'crccheck+bitstream+buffer+explode', max_pixels: String(MAX_PIXELS) };

async function decodeWhole(file: string, kind: PictureKind): Promise<PictureSize> {
  try {
    const size = await firstSize(file, kind);
    if (size) return size;
  } catch (cause) {
    throw unusable(`it is cut off or damaged (${(cause as Error).message})`, cause);
  }
  throw unusable('there is no picture in it');
}

async function firstSize(file: string, kind: PictureKind): Promise<PictureSize | null> {
  await using media = await Demuxer.open(file, {
    format: DEMUXERS[kind],
    options: { protocol_whitelist: 'file' },
  });
  const stream = media.video();
  if (!stream) return null;
  using decoder = await Decoder.create(stream, { exitOnError: true, options: STRICT });
  let size: PictureSize | null = null;
  for await (const packet of packetsOf(media, stream))
    for (const frame of await decoder.decodeAll(packet)) size ??= takeSize(frame);
  await decoder.flush();
  for await (const frame of decoder.flushFrames()) size ??= takeSize(frame);
  return size;
}

function takeSize(frame: { width: number; height: number; free(): void }): PictureSize {
  const { width, height } = frame;
  frame.free();
  return { width, height };
}

const unusable = (why: string, cause?: unknown) =>
  new DomainError('MEDIA_FAILED', `The picture cannot be used: ${why}.`, { cause });

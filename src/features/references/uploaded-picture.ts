/** A picture from outside: what it may be, and what is kept of it. */
import { createHash } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import { DomainError, InvalidInputError } from '../../core/errors.ts';
import { messageOf } from '../../core/outside-text.ts';
import { hasPictureEnd, readPictureHeader } from '../../media/still/picture-header.ts';
import { type PictureSize, redrawPicture } from '../../media/still/redraw-picture.ts';
import type { Storage } from '../../platform/storage/storage.ts';

const MEGABYTE = 2 ** 20;
/** Largest file; what Gemini takes inline (Google's image understanding guide, 2026-11). */
export const MAX_UPLOAD_BYTES = 7 * MEGABYTE;
/** Most pixels; ours, more than phones take: decoded, they fill 160 MB. */
export const MAX_UPLOAD_PIXELS = 40_000_000;
/** px; models look at less. A JPEG of this size has about half a megabyte; of pure noise, 2.1 (measured). */
const LONGEST_SIDE = 1_536;
/** Seconds of waiting for a picture to be drawn anew. */
const REDRAW_LIMIT_SECONDS = 60;

export type KeptPicture = PictureSize & { sizeBytes: number };

/** SHA-256 of a file as it came. */
export const sha256Of = (file: Buffer): string => createHash('sha256').update(file).digest('hex');

/**
 * Looks at what can be told before a picture is decoded: its length, its first bytes and the size its header tells.
 *
 * @throws {InvalidInputError} naming `path`.
 */
export function checkPicture(file: Buffer, path: string[]): void {
  const refuse = (message: string) => new InvalidInputError([{ path, message }]);
  if (file.length > MAX_UPLOAD_BYTES)
    throw refuse(
      `May have at most ${inMegabytes(MAX_UPLOAD_BYTES)} MB, and has ${inMegabytes(file.length)}.`,
    );
  const header = readPictureHeader(file);
  if (!header) throw refuse('Must be a PNG or a JPEG; this is neither, whatever it is called.');
  const { width, height } = header;
  if (width * height > MAX_UPLOAD_PIXELS || width === 0 || height === 0) {
    const most = MAX_UPLOAD_PIXELS / 1_000_000;
    throw refuse(`May have at most ${most} million pixels, and says that it has ${width} x ${height}.`);
  }
  if (!hasPictureEnd(file)) throw refuse('Is cut off; send the whole picture.');
}

/** In steps of a tenth, rounded up: what is too much never looks like what is allowed. */
const inMegabytes = (bytes: number) => Math.ceil((10 * bytes) / MEGABYTE) / 10;

/**
 * Draws a checked picture anew and puts it at a storage key, a JPEG.
 *
 * @throws {InvalidInputError} naming `path` if it cannot be decoded.
 */
export const keepPicture = (
  storage: Storage,
  picture: Buffer,
  key: string,
  path: string[],
): Promise<KeptPicture> =>
  storage.withTemporary('upload', (file) =>
    storage.withTemporary('jpg', async (toFile) => {
      await writeFile(file, picture);
      const size = await redraw(file, toFile, path);
      const { size: sizeBytes } = await stat(toFile);
      await storage.keep(toFile, key);
      return { ...size, sizeBytes };
    }),
  );

async function redraw(file: string, toFile: string, path: string[]): Promise<PictureSize> {
  const signal = AbortSignal.timeout(REDRAW_LIMIT_SECONDS * 1_000);
  try {
    return await redrawPicture({ file, toFile, longestSide: LONGEST_SIDE }, { signal });
  } catch (cause) {
    if (!(cause instanceof DomainError) && !signal.aborted) throw cause;
    const message = `Cannot be read as a picture (${messageOf(cause)}); save it again as PNG or JPEG.`;
    throw new InvalidInputError([{ path, message }]);
  }
}

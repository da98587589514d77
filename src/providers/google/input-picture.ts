/** Pictures as they are sent to Google's models. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { messageOf } from '../../core/outside-text.ts';
import { readPictureHeader } from '../../media/still/picture-header.ts';
import { redrawPicture } from '../../media/still/redraw-picture.ts';
import { ProviderError } from '../provider-error.ts';

/** Largest that is taken inline (Vertex AI, gemini-3-pro-image, 2026-11); more than that is refused. */
export const MOST_BYTES = 7_000_000;

/** px of the longer side, one after the other until it is small enough; the first is that of a picture of 2K. */
const SIDES = [2_752, 1_920, 1_376];

export type SentPicture = {
  /** Base64. */
  data: string;
  mimeType: string;
};

/**
 * A PNG or JPEG file as it is sent: as it is, or as a smaller JPEG where it is too large to be taken.
 *
 * @throws {ProviderError} REFUSED where it is neither; NOT_ACCEPTED where it cannot be read.
 */
export async function encodePicture(file: string, signal?: AbortSignal): Promise<SentPicture> {
  try {
    const { size } = await stat(file);
    return size > MOST_BYTES ? await encodeSmaller(file, signal) : encode(await readFile(file), file);
  } catch (cause) {
    if (cause instanceof ProviderError) throw cause;
    // Nothing was sent: whoever pays must not take it for a call of which nobody knows.
    throw new ProviderError('NOT_ACCEPTED', `A picture cannot be read: ${messageOf(cause)}`, { cause });
  }
}

async function encodeSmaller(file: string, signal: AbortSignal | undefined): Promise<SentPicture> {
  const directory = await mkdtemp(path.join(tmpdir(), 'vidpipe-picture-'));
  try {
    const toFile = path.join(directory, 'smaller.jpg');
    for (const longestSide of SIDES) {
      await redrawPicture({ file, toFile, longestSide }, signal ? { signal } : {});
      if ((await stat(toFile)).size <= MOST_BYTES) break;
    }
    return encode(await readFile(toFile), file);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function encode(picture: Buffer, file: string): SentPicture {
  const header = readPictureHeader(picture);
  if (!header) throw new ProviderError('REFUSED', `${file} is neither PNG nor JPEG.`);
  return { data: picture.toString('base64'), mimeType: header.mimeType };
}

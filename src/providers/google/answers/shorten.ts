/** Puts a small stand-in in the place of each film and picture, and the length in that of long ciphers. */
import { createHash } from 'node:crypto';
import { readPictureHeader } from '../../../media/still/picture-header.ts';
import type { Size } from '../../aspect-ratio.ts';
import { encodePng } from '../../animatic/png.ts';

/** What stands for a film or a picture that was there. */
export type StandIn = {
  kind: 'FILM' | 'PICTURE' | 'BYTES';
  sha256: string;
  bytes: number;
  /** Pixels; null where nobody could tell. */
  size: Size | null;
  /** Of a film. */
  durationSeconds: number | null;
  /** A PNG of one colour in its size, in base64; of a film none: it is made from its size and length. */
  picture: string | null;
};

/** Measures a film; null for what is none. */
export type Measure = (film: Buffer) => Promise<(Size & { durationSeconds: number }) | null>;

/** The key under which a stand-in stands. */
export const SHORTENED = '$shortened';

/** Longest text in base64 that is kept as it is; ours. */
const LONGEST_CIPHER = 200;
/** Wholly of base64's letters: prose has spaces. */
const CIPHER = /^[\w+/-]+={0,2}$/;

/** JSON, or bytes that were none, without what is long in it. */
export async function shortened(value: unknown, measure: Measure): Promise<unknown> {
  if (Buffer.isBuffer(value)) return value.length === 0 ? null : bytesOf(value, measure);
  if (typeof value === 'string') {
    const isCipher = value.length > LONGEST_CIPHER && CIPHER.test(value);
    return isCipher ? bytesOf(Buffer.from(value, 'base64'), measure) : value;
  }
  if (Array.isArray(value)) return Promise.all(value.map((each) => shortened(each, measure)));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(async ([key, each]) => [key, await shortened(each, measure)]);
  return Object.fromEntries(await Promise.all(entries)) as unknown;
}

async function bytesOf(bytes: Buffer, measure: Measure): Promise<{ [SHORTENED]: StandIn }> {
  const common = { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
  const picture = readPictureHeader(bytes);
  if (picture) {
    const size = { width: picture.width, height: picture.height };
    const standIn = grey(size).toString('base64');
    return { [SHORTENED]: { kind: 'PICTURE', ...common, size, durationSeconds: null, picture: standIn } };
  }
  const film = await measure(bytes);
  if (!film)
    return { [SHORTENED]: { kind: 'BYTES', ...common, size: null, durationSeconds: null, picture: null } };
  const { width, height, durationSeconds } = film;
  return {
    [SHORTENED]: { kind: 'FILM', ...common, size: { width, height }, durationSeconds, picture: null },
  };
}

const GREY = 128;
const grey = (size: Size): Buffer =>
  encodePng(Buffer.alloc(size.width * size.height * 4, Buffer.from([GREY, GREY, GREY, 255])), size, null);

import * as av from 'node-av/constants';
import type { Stream } from 'node-av/lib';

/** Bytes of a display matrix: nine 32-bit numbers, as the machine orders them (libavutil/display.h). */
const MATRIX_BYTES = 36;

/**
 * The filter that turns and mirrors a stream's pictures as its file says they are to be shown; none where they are
 * upright as coded. To the nearest quarter turn, as players do.
 */
export function turnOf(stream: Stream): string | null {
  const bytes = stream.codecpar.getCodedSideData(av.AV_PKT_DATA_DISPLAYMATRIX);
  return bytes && bytes.length >= MATRIX_BYTES ? turnBy(bytes) : null;
}

/** The picture's x goes to (a, b), its y to (c, d). */
function turnBy(matrix: Buffer): string | null {
  const [a = 0, b = 0, c = 0, d = 0] = [0, 4, 12, 16].map((at) => matrix.readInt32LE(at));
  if (Math.abs(b) > Math.abs(a)) return `transpose=${TRANSPOSED[`${b > 0}${c > 0}`]}`;
  const flips = [...(a < 0 ? ['hflip'] : []), ...(d < 0 ? ['vflip'] : [])];
  return flips.length > 0 ? flips.join(',') : null;
}

/** By whether b and c are positive. */
const TRANSPOSED: Record<string, string> = {
  truefalse: 'clock',
  falsetrue: 'cclock',
  truetrue: 'cclock_flip',
  falsefalse: 'clock_flip',
};

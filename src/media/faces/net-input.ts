/** What the net is given: a part of a picture in a square of its own, with bars. Pure. */
import type { Part, SmallPicture } from './small-picture.ts';

/** px of the net's square. */
export const NET_SIDE = 256;

/** How a part lies in the net's square: times so many, and so far from its corner. */
export type NetPlace = { times: number; left: number; top: number };

/** Fits a part into the net's square, in its middle. */
export function netPlace({ width, height }: Part): NetPlace {
  const times = NET_SIDE / Math.max(width, height);
  return { times, left: (NET_SIDE - width * times) / 2, top: (NET_SIDE - height * times) / 2 };
}

/** A dark part is brightened until its bright places are so bright: faces in the dark are found then. */
const DARK_BELOW = 150;
const BRIGHT = 200;
const MOST_GAIN = 6;
/** Levels up to this are bars, or say nothing. */
const BLACK = 8;
const BRIGHT_SHARE = 0.97;

/** Values from -1 to 1, as the net was taught. */
export function netInput(picture: SmallPicture, part: Part, into: Float32Array): Float32Array {
  const { times, left, top } = netPlace(part);
  into.fill(-1);
  const [fromX, toX] = [Math.ceil(left - 0.5), Math.floor(left + part.width * times - 0.5)];
  const [fromY, toY] = [Math.ceil(top - 0.5), Math.floor(top + part.height * times - 0.5)];
  const columns = sourceSpans(fromX, toX, left, times, part.x, picture.width);
  const rows = sourceSpans(fromY, toY, top, times, part.y, picture.height);
  const counts = new Uint32Array(256);
  const mean = new Float32Array(3);
  for (const [row, [y0, y1]] of rows.entries()) {
    for (const [column, [x0, x1]] of columns.entries()) {
      meanOf(picture, x0, x1, y0, y1, mean);
      into.set(mean, ((fromY + row) * NET_SIDE + fromX + column) * 3);
      const level = Math.round(0.299 * (mean[0] ?? 0) + 0.587 * (mean[1] ?? 0) + 0.114 * (mean[2] ?? 0));
      if (level > BLACK) counts[level] = (counts[level] ?? 0) + 1;
    }
  }
  const gain = gainFor(counts);
  for (let y = fromY; y <= toY; y += 1) {
    const [from, to] = [(y * NET_SIDE + fromX) * 3, (y * NET_SIDE + toX + 1) * 3];
    for (let at = from; at < to; at += 1) into[at] = Math.min(255, (into[at] ?? 0) * gain) / 127.5 - 1;
  }
  return into;
}

/** The picture's pixels that make each of the net's, along one side. */
function sourceSpans(
  from: number,
  to: number,
  margin: number,
  times: number,
  offset: number,
  sideEnd: number,
): [number, number][] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, place) => {
    const first = Math.min(sideEnd - 1, offset + Math.max(0, Math.floor((from + place - margin) / times)));
    const last = Math.ceil((from + place + 1 - margin) / times) + offset;
    return [first, Math.min(sideEnd, Math.max(first + 1, last))];
  });
}

function meanOf(
  { rgb, width }: SmallPicture,
  x0: number,
  x1: number,
  y0: number,
  y1: number,
  mean: Float32Array,
): void {
  let [red, green, blue] = [0, 0, 0];
  for (let y = y0; y < y1; y += 1) {
    for (let at = (y * width + x0) * 3; at < (y * width + x1) * 3; at += 3) {
      red += rgb[at] ?? 0;
      green += rgb[at + 1] ?? 0;
      blue += rgb[at + 2] ?? 0;
    }
  }
  const pixels = (x1 - x0) * (y1 - y0);
  mean[0] = red / pixels;
  mean[1] = green / pixels;
  mean[2] = blue / pixels;
}

function gainFor(counts: Uint32Array): number {
  const enough = counts.reduce((sum, count) => sum + count, 0) * BRIGHT_SHARE;
  let below = 0;
  const bright = counts.findIndex((count) => (below += count) >= enough);
  if (enough === 0 || bright >= DARK_BELOW) return 1;
  return Math.min(MOST_GAIN, BRIGHT / Math.max(20, bright));
}

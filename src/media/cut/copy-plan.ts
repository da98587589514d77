/** Which pictures of a cut are copied as they are, and which have to be encoded. Pure. */
import type { PictureTimes } from './picture-times.ts';

/** Ticks: pictures shown from `fromTick` and before `toTick`. */
export type Stretch = { fromTick: number; toTick: number };

export type CopyPlan = {
  /** Encoded, before the copied ones; empty when the cut begins at a keyframe. */
  head: Stretch;
  /** Copied; in decoding order they are one piece of the file. */
  middle: Stretch;
  /** Encoded, after the copied ones; empty when decoding needs nothing beyond the end. */
  tail: Stretch;
  /** Ticks that the copied pictures are decoded before they are shown. */
  delayTicks: number;
};

/** Less than this share of all is not worth two joins: what is encoded anew looks a little different. */
const LEAST_COPIED_SHARE = 0.5;

/**
 * Plans to copy from the first IDR of the cut to the last place where all pictures shown so far are decoded.
 *
 * @returns null when too little could be copied.
 */
export function planCopy({ heads, shown, endTick }: PictureTimes): CopyPlan | null {
  const [first] = shown;
  if (first === undefined) return null;
  // Matroska does not say when its first packets are decoded.
  const begin = heads.findIndex(
    ({ isIdr, shownTick, decodeTick }) =>
      isIdr && decodeTick !== null && shownTick >= first && shownTick < endTick,
  );
  const key = heads[begin];
  if (!key || key.decodeTick === null) return null;
  const exit = lastExit(heads.slice(begin), shown.slice(shown.indexOf(key.shownTick)), endTick);
  const copied = shown.filter((tick) => tick >= key.shownTick && tick < exit).length;
  if (copied < shown.length * LEAST_COPIED_SHARE) return null;
  return {
    head: { fromTick: first, toTick: key.shownTick },
    middle: { fromTick: key.shownTick, toTick: exit },
    tail: { fromTick: exit, toTick: endTick },
    delayTicks: key.shownTick - key.decodeTick,
  };
}

/** The tick after the pictures that are decoded without a hole by some packet, the last such before the end. */
function lastExit(heads: PictureTimes['heads'], shown: readonly number[], endTick: number): number {
  const placeOf = new Map(shown.map((tick, place) => [tick, place]));
  let exit = shown[0] ?? endTick;
  let latest = -1;
  let decoded = 0;
  for (const { shownTick, decodeTick } of heads) {
    // Shown before the keyframe: a leading picture, which needs what is not copied.
    if (shownTick < (shown[0] ?? 0)) continue;
    const place = placeOf.get(shownTick);
    // Something after the end, which what follows may need.
    if (place === undefined || decodeTick === null) break;
    decoded += 1;
    latest = Math.max(latest, place);
    if (decoded === latest + 1) exit = shown[latest + 1] ?? endTick;
  }
  return exit;
}

/** How a camera follows somebody: seldom, slowly, and never out of the picture. Pure. */
import type { FramePoint, Size } from '../cut/framing.ts';

/** Shares of the picture's side that the part moves in a second, at most. */
export const MOST_SPEED = 0.2;
/** Of the part's side: who moves less from its middle is not followed. */
const DEAD_SHARE = 0.12;
/** Of that: so near to its middle the part comes to rest again. */
const REST_SHARE = 0.15;
const STEP_SECONDS = 0.2;
/** Over which a move begins and ends. */
const EASE_SECONDS = 1;

/** From when to when a shot lasts. */
export type Span = { fromSeconds: number; toSeconds: number };

/**
 * A path of a part's centre that keeps `targets` in it. A part of which nobody moves out of the middle stands still. Between any
 * two points it is no faster than `MOST_SPEED`; where somebody is, he may leave it and be caught up with.
 *
 * @param targets centres that would be best, in order of time.
 * @param part its sides in shares of the picture's.
 */
export function smoothPath(targets: readonly FramePoint[], part: Size, span: Span): FramePoint[] {
  if (targets.length === 0) return [];
  const count = Math.max(1, Math.ceil((span.toSeconds - span.fromSeconds) / STEP_SECONDS)) + 1;
  const times = Array.from({ length: count }, (_, step) => span.fromSeconds + step * STEP_SECONDS);
  const xs = follow(valuesAt(times, targets, 'x'), part.width);
  const ys = follow(valuesAt(times, targets, 'y'), part.height);
  const points = times.map((atSeconds, step) => ({ atSeconds, x: xs[step] ?? 0.5, y: ys[step] ?? 0.5 }));
  return withoutStraight(points);
}

/** Along one side. */
function follow(wishes: readonly number[], side: number): number[] {
  const inside = wishes.map((wish) => Math.max(side / 2, Math.min(1 - side / 2, wish)));
  const [least, most] = [Math.min(...inside), Math.max(...inside)];
  const dead = DEAD_SHARE * side;
  if (most - least <= 2 * dead) return inside.map(() => (least + most) / 2);
  return eased(tracked(inside, dead));
}

/** Stands until a wish is out of the dead zone, then goes to it until it is nearly reached. */
function tracked(wishes: readonly number[], dead: number): number[] {
  const mostStep = MOST_SPEED * STEP_SECONDS;
  let at = wishes[0] ?? 0.5;
  let isMoving = false;
  return wishes.map((wish) => {
    const away = wish - at;
    isMoving = Math.abs(away) > (isMoving ? REST_SHARE * dead : dead);
    if (isMoving) at += Math.max(-mostStep, Math.min(mostStep, away));
    return at;
  });
}

/** The mean over a time around each: moves begin a little before, softly, and none is faster than it was. */
function eased(values: readonly number[]): number[] {
  const reach = Math.round(EASE_SECONDS / STEP_SECONDS / 2);
  return values.map((_, place) => {
    const around = values.slice(Math.max(0, place - reach), place + reach + 1);
    return around.reduce((sum, value) => sum + value, 0) / around.length;
  });
}

/** On straight lines between targets, of which a single one that is far off is left out. */
function valuesAt(times: readonly number[], targets: readonly FramePoint[], side: 'x' | 'y'): number[] {
  const calm = targets.map((target, place) => {
    const three = targets.slice(Math.max(0, place - 1), place + 2).map((near) => near[side]);
    return three.length < 3 ? target[side] : (three.toSorted((one, other) => one - other)[1] ?? target[side]);
  });
  let next = 0;
  return times.map((seconds) => {
    while (next < targets.length && (targets[next]?.atSeconds ?? 0) <= seconds) next += 1;
    const [before, after] = [targets[next - 1], targets[next]];
    const [was, becomes] = [calm[next - 1], calm[next]];
    if (was === undefined || becomes === undefined || !before || !after) return was ?? becomes ?? 0.5;
    const share = (seconds - before.atSeconds) / (after.atSeconds - before.atSeconds);
    return was + (becomes - was) * share;
  });
}

/** Less is not seen, in shares of the picture. */
const STRAIGHT = 0.0002;

/** Points in which a line does not bend go; what stands still is one point. */
function withoutStraight(points: readonly FramePoint[]): FramePoint[] {
  const kept: FramePoint[] = [];
  for (const [place, point] of points.entries()) {
    const [before, after] = [kept.at(-1), points[place + 1]];
    if (!before || !after || bends(before, point, after)) kept.push(point);
  }
  const [first, last] = [kept[0], kept.at(-1)];
  const isStill = first && last && kept.every(({ x, y }) => x === first.x && y === first.y);
  return isStill ? [first] : kept;
}

function bends(before: FramePoint, point: FramePoint, after: FramePoint): boolean {
  const share = (point.atSeconds - before.atSeconds) / (after.atSeconds - before.atSeconds);
  const off = (side: 'x' | 'y') =>
    Math.abs(before[side] + (after[side] - before[side]) * share - point[side]);
  return off('x') > STRAIGHT || off('y') > STRAIGHT;
}

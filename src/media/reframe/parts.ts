/** Parts of a picture that show somebody, or what was asked for. Pure. */
import {
  type CropPart,
  cropSize,
  type FramePoint,
  halvesOf,
  type ShotFraming,
  type Size,
} from '../cut/framing.ts';
import type { Rectangle } from './by-hand.ts';
import { fills } from './aspects.ts';
import { togetherOf } from './choose-shown.ts';
import { median, type Person } from './people.ts';
import { smoothPath, type Span } from './smooth-path.ts';

type Sizes = { picture: Size; frame: Size };

/** Of the part's height, from above: where eyes are looked for. */
const FACE_AT = 0.4;
/** Heights of a face that a part has at least when it is closer than it must be. */
const CLOSE_HEIGHTS = 3;
/** The closest: what is enlarged more is soft. */
const LEAST_SCALE = 0.35;

/**
 * The largest part there is, on somebody or on all of several.
 *
 * @param isAsked a picture that fills the frame has no smaller part; whoever asks for a face there means a closer one.
 */
export function onPeople(people: readonly Person[], span: Span, sizes: Sizes, isAsked: boolean): ShotFraming {
  const isClose = isAsked && fills(sizes.picture, sizes.frame);
  const [first = []] = people;
  const scale = isClose ? clamp(CLOSE_HEIGHTS * median(first, 'height'), LEAST_SCALE, 1) : 1;
  const part = partOf(sizes.picture, sizes.frame, scale);
  return { kind: 'CROP', scale, points: smoothPath(pointsOn(people, part), part, span) };
}

/** Two halves of the frame, one for each, so close that the other one is not seen twice. */
export function onTwo([first, second]: [Person, Person], span: Span, { picture, frame }: Sizes): ShotFraming {
  const { sizes } = halvesOf(frame);
  const part = (half: Size, person: Person, other: Person): CropPart => {
    const largest = partOf(picture, half, 1);
    const room = 2 * (Math.abs(median(person, 'x') - median(other, 'x')) - median(other, 'width') / 2);
    const close = Math.max(CLOSE_HEIGHTS * median(person, 'height'), LEAST_SCALE * largest.height);
    const scale = clamp(Math.min(close / largest.height, room / largest.width), LEAST_SCALE, 1);
    const sides = partOf(picture, half, scale);
    return { scale, points: smoothPath(pointsOn([person], sides), sides, span) };
  };
  return { kind: 'SPLIT', parts: [part(sizes[0], first, second), part(sizes[1], second, first)] };
}

/** The smallest part with the frame's shape that holds a rectangle; where none does, the largest, on its middle. */
export function onRectangle({ x, y, width, height }: Rectangle, { picture, frame }: Sizes): ShotFraming {
  const largest = partOf(picture, frame, 1);
  const scale = clamp(Math.max(width / largest.width, height / largest.height), LEAST_SHARE, 1);
  const part = partOf(picture, frame, scale);
  const within = (middle: number, side: number) => clamp(middle, side / 2, 1 - side / 2);
  const point = {
    atSeconds: 0,
    x: within(x + width / 2, part.width),
    y: within(y + height / 2, part.height),
  };
  return { kind: 'CROP', scale, points: [point] };
}

/** As `cropSize` has it. */
const LEAST_SHARE = 0.05;

/** In shares of the picture's sides. */
function partOf(picture: Size, frame: Size, scale: number): Size {
  const { width, height } = cropSize(picture, frame, scale);
  return { width: width / picture.width, height: height / picture.height };
}

/** Where a part's centre were best; a face lies a little above the middle. */
const pointsOn = (people: readonly Person[], part: Size): FramePoint[] =>
  togetherOf(people).map(({ seconds, x, y }) => ({
    atSeconds: seconds,
    x,
    y: y + (0.5 - FACE_AT) * part.height,
  }));

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

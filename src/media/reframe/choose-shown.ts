/** Whom a shot shows. Pure. */
import type { Size } from '../cut/framing.ts';
import type { SpokenWord } from '../../text/timed-words.ts';
import { median, type Person } from './people.ts';
import { sharesOfTalk } from './who-speaks.ts';

export type Shown =
  /** Together in one part of the picture. */
  | { kind: 'FACE'; people: Person[] }
  /** Each in a part of its own, left or above the first. */
  | { kind: 'SPLIT'; people: [Person, Person] }
  | { kind: 'WHOLE' };

/** Of the largest face's width: smaller ones stand in the background. */
const LEAST_SIZE = 0.55;
/** Of the talk: whoever has so much of it is shown alone. */
const SPEAKS = 0.7;
/** Of the pictures, and of the part's sides: so often several faces must find so much room. */
const OFTEN = 0.9;
const ROOM = 0.9;
/** Beside a face its width has so much hair and ears. */
const AROUND_FACE = 1.3;

/**
 * Who counts of those that are seen: all, where they find room together; else who speaks; else both, if they are two.
 *
 * @param part sides of the largest part there is, in shares of the picture's.
 */
export function chooseShown(people: readonly Person[], part: Size, words: readonly SpokenWord[]): Shown {
  const largest = Math.max(0, ...people.map((person) => median(person, 'width')));
  const main = people.filter((person) => median(person, 'width') >= LEAST_SIZE * largest);
  const [first, second, third] = main;
  if (!first) return { kind: 'WHOLE' };
  if (findRoom(main, part)) return { kind: 'FACE', people: main };
  const shares = sharesOfTalk(main, words) ?? [];
  const speaker = main[shares.findIndex((share) => share >= SPEAKS)];
  if (speaker) return { kind: 'FACE', people: [speaker] };
  return second && !third ? { kind: 'SPLIT', people: [first, second] } : { kind: 'WHOLE' };
}

function findRoom(people: readonly Person[], part: Size): boolean {
  if (people.length === 1) return true;
  const spans = togetherOf(people);
  const fitting = spans.filter(
    ({ width, height }) => width <= ROOM * part.width && height <= ROOM * part.height,
  );
  return spans.length > 0 && fitting.length >= OFTEN * spans.length;
}

/** What holds all faces of each picture in which several of them are seen; centre and sides. */
export function togetherOf(people: readonly Person[]): (Size & { seconds: number; x: number; y: number })[] {
  const byTime = new Map<number, Person>();
  for (const sighting of people.flat()) {
    byTime.set(sighting.seconds, [...(byTime.get(sighting.seconds) ?? []), sighting]);
  }
  return [...byTime]
    .filter(([, sightings]) => sightings.length > 1 || people.length === 1)
    .toSorted(([one], [other]) => one - other)
    .map(([seconds, sightings]) => {
      const xs = sightings.flatMap(({ x, width }) => [
        x - (width / 2) * AROUND_FACE,
        x + (width / 2) * AROUND_FACE,
      ]);
      const ys = sightings.flatMap(({ y, height }) => [y - height / 2, y + height / 2]);
      const [left, right] = [Math.min(...xs), Math.max(...xs)];
      const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
      return {
        seconds,
        x: (left + right) / 2,
        y: (top + bottom) / 2,
        width: right - left,
        height: bottom - top,
      };
    });
}

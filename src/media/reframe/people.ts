/** Who is seen in a shot: faces of picture after picture, put together. Pure. */
import type { SeenFace, SeenFaces } from '../faces/face.ts';

/** A face at a time. */
export type Sighting = SeenFace & { seconds: number };

/** Somebody, wherever in the shot he is seen; in order of time. */
export type Person = Sighting[];

/** Widths of a face that a head moves from one picture to the next that is looked at, at most. */
const NEAR = 1.2;
/** The same head is not so many times larger at once. */
const MOST_GROWTH = 1.8;
/** Of the pictures of the shot: who is seen less is none of its people. */
const LEAST_PRESENCE = 0.25;

/**
 * A face is so sure in one of its pictures at least. Set after looking at 124 photographs: seven of people had 0.76 to 0.94, a cup, an
 * apple and print at most 0.71; a cat and a squirrel had more, too.
 */
const SURE = 0.75;

/** The people of a shot, from left to right. What is seen once in a while, or never surely, is left out. */
export function peopleOf(seen: readonly SeenFaces[]): Person[] {
  const people: Person[] = [];
  for (const { seconds, faces } of seen) {
    const free = new Set(people);
    // The nearest first, so that two that are beside each other are not exchanged.
    const pairs = faces
      .flatMap((face) => people.map((person) => ({ face, person, distance: distanceTo(person, face) })))
      .filter(({ distance }) => distance <= NEAR)
      .toSorted((one, other) => one.distance - other.distance);
    const placed = new Set<SeenFace>();
    for (const { face, person } of pairs) {
      if (placed.has(face) || !free.delete(person)) continue;
      placed.add(face);
      person.push({ ...face, seconds });
    }
    for (const face of faces) if (!placed.has(face)) people.push([{ ...face, seconds }]);
  }
  return joined(people)
    .filter((person) => person.length >= LEAST_PRESENCE * seen.length)
    .filter((person) => person.some(({ score }) => score >= SURE))
    .toSorted((one, other) => median(one, 'x') - median(other, 'x'));
}

/** In widths of the face; none where it cannot be the same. */
function distanceTo(person: Person, face: SeenFace): number {
  const last = person.at(-1);
  if (!last) return Infinity;
  const growth = face.width / last.width;
  if (growth > MOST_GROWTH || growth < 1 / MOST_GROWTH) return Infinity;
  const width = Math.max(face.width, last.width);
  const height = Math.max(face.height, last.height);
  return Math.hypot((face.x - last.x) / width, (face.y - last.y) / height);
}

/** Who is lost and seen again elsewhere was two people; two that are never seen together are one. */
function joined(people: readonly Person[]): Person[] {
  const whole: Person[] = [];
  for (const person of people) {
    const same = whole.find((other) => isAfter(other, person) && isAlike(other, person));
    if (same) same.push(...person);
    else whole.push([...person]);
  }
  return whole;
}

const isAfter = (before: Person, after: Person): boolean =>
  (before.at(-1)?.seconds ?? 0) < (after[0]?.seconds ?? 0);

const isAlike = (one: Person, other: Person): boolean => {
  const growth = median(one, 'width') / median(other, 'width');
  return growth < MOST_GROWTH && growth > 1 / MOST_GROWTH;
};

/** Of what is seen of somebody. */
export function median(person: Person, side: 'x' | 'y' | 'width' | 'height'): number {
  const values = person.map((sighting) => sighting[side]).toSorted((one, other) => one - other);
  return values[Math.floor(values.length / 2)] ?? 0;
}

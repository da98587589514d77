import type { SeenCut } from './numbered.ts';

export type Rate = { num: number; den: number };

/** Stretches of a film, the same in every run; nothing in them is round. */
export function oddRanges(count: number, filmSeconds: number, seed = 7): [number, number][] {
  let state = seed;
  const random = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  return Array.from({ length: count }, () => {
    const start = random() * (filmSeconds - 1);
    return [start, Math.min(filmSeconds, start + 0.4 + random() * (filmSeconds - start))];
  });
}

/** Numbers of the pictures that begin in a stretch of a film with `timeOf` each. */
export const wanted = (
  [start, end]: [number, number],
  frames: number,
  timeOf: (number: number) => number,
): number[] =>
  Array.from({ length: frames }, (_, number) => number).filter(
    (number) => timeOf(number) >= start - 0.001 && timeOf(number) < end - 0.001,
  );

/** ms that the sound comes after its picture, at each click; the first may be in the fade. */
export function offsetsMs({ clip, seen }: SeenCut, timeOf: (number: number) => number): number[] {
  const delays = seen.seconds.map((seconds, place) => seconds - timeOf(seen.numbers[place] ?? 0));
  const delay = delays.toSorted((a, b) => a - b)[Math.floor(delays.length / 2)] ?? 0;
  return seen.clicks
    .map((click) => click - delay)
    .filter((second) => second > clip.startSeconds + 0.02)
    .map((second) => (second - Math.round(second)) * 1_000);
}

import { bagOf, likeness, type KeyWeight } from './subject.ts';

/** Sentences before and after a place that are compared. */
const BLOCK = 4;
/** The beginning and the end of a video are edges, though nothing lies beyond them. */
const OUTER_DEPTH = 0.5;

/**
 * How deep the likeness of what is said before and after dips at each place between sentences (TextTiling, Hearst 1997):
 * place `i` lies before sentence `i`; there is one more than sentences.
 */
export function topicEdges(sentences: readonly (readonly string[])[], weight: KeyWeight): number[] {
  if (sentences.length === 0) return [OUTER_DEPTH];
  const across = sentences.map((_, place) =>
    likeness(
      bagOf(sentences.slice(Math.max(0, place - BLOCK), place)),
      bagOf(sentences.slice(place, place + BLOCK)),
      weight,
    ),
  );
  // The beginning is no place between sentences: it has nothing before it.
  const between = across.slice(1);
  const before = slopeTops(between);
  const after = slopeTops(between.toReversed()).toReversed();
  const inner = between.map((here, i) => (before[i] ?? here) + (after[i] ?? here) - 2 * here);
  return [OUTER_DEPTH, ...inner, OUTER_DEPTH];
}

/** For each place, the top of the slope that goes up from it towards the beginning. */
function slopeTops(across: readonly number[]): number[] {
  const tops: number[] = [];
  for (const [i, here] of across.entries()) {
    const goesUp = (across[i - 1] ?? -Infinity) >= here;
    tops.push(goesUp ? (tops[i - 1] ?? here) : here);
  }
  return tops;
}

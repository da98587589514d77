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
  const across = sentences.map((_, place) =>
    likeness(
      bagOf(sentences.slice(Math.max(0, place - BLOCK), place)),
      bagOf(sentences.slice(place, place + BLOCK)),
      weight,
    ),
  );
  const inner = across
    .slice(1)
    .map((here, i) => climb(across, i + 1, -1) + climb(across, i + 1, 1) - 2 * here);
  return [OUTER_DEPTH, ...inner, OUTER_DEPTH];
}

/** The top of the slope that goes up from a place. */
function climb(across: readonly number[], place: number, step: -1 | 1): number {
  let top = across[place] ?? 0;
  for (let at = place + step; at > 0 && at < across.length; at += step) {
    const next = across[at] ?? 0;
    if (next < top) break;
    top = next;
  }
  return top;
}

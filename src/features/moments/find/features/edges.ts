import { standardised } from '../rate.ts';
import type { SentenceSigns } from '../sentence-signs.ts';
import type { Feature } from './feature.ts';

const most = (limit: number, found: readonly string[]) => Math.min(limit, found.length);

/** A short sentence after a long one lands. */
const PUNCH_WORDS = 8;
const SETUP_WORDS = 12;

/** How a sentence would do as the first that is heard. */
const opening = (s: SentenceSigns) =>
  most(2, s.claims) +
  most(1, s.storyOpeners) +
  Number(s.isQuestion) +
  0.5 * most(1, s.numbers) +
  0.5 * most(1, s.persons) +
  0.3 * most(2, s.narration) -
  1.5 * Number(s.leansBack) -
  most(2, s.frame) -
  most(2, s.fillers);

/** How a sentence would do as the last that is heard, before this next one. */
const landing = (s: SentenceSigns, before: SentenceSigns | undefined, next: SentenceSigns | undefined) =>
  1.5 * most(1, s.conclusions) +
  0.5 * most(2, s.claims) +
  0.5 * most(2, s.feelings) +
  0.7 * Number(s.size <= PUNCH_WORDS && (before?.size ?? 0) >= SETUP_WORDS) +
  0.3 * most(2, s.narration) +
  0.5 * most(2, next?.fillers ?? []) +
  0.5 * most(2, next?.frame ?? []) -
  Number(next?.leansBack ?? false) -
  0.5 * Number(s.isQuestion) -
  most(2, s.frame) -
  most(2, s.fillers);

/** A question, a claim or the beginning of a story at the start; a sentence that leans on the one before it is none. */
export function hook(signs: readonly SentenceSigns[], texts: readonly string[]): Feature {
  const openings = standardised(signs.map(opening));
  return {
    name: 'HOOK',
    weight: 1,
    over: ({ first }) => openings[first] ?? 0,
    evidence: ({ first }) => [texts[first] ?? ''],
  };
}

/** A conclusion, a strong line or a laugh at the end. `laughedAt`: what the audience does right after each sentence. */
export function lands(
  signs: readonly SentenceSigns[],
  texts: readonly string[],
  laughedAt: readonly number[],
): Feature {
  const values = signs.map((s, i) => landing(s, signs[i - 1], signs[i + 1]) + 1.5 * (laughedAt[i] ?? 0));
  const landings = standardised(values);
  return {
    name: 'LANDING',
    weight: 0.7,
    over: ({ last }) => landings[last] ?? 0,
    evidence: ({ last }) => [texts[last] ?? ''],
  };
}

/** Begins and ends where the subject changes. `depths`: of each place before a sentence, and of the end. */
export function topicEdgesOf(depths: readonly number[]): Feature {
  const edges = standardised(depths);
  return {
    name: 'TOPIC_EDGES',
    weight: 0.4,
    over: ({ first, last }) => ((edges[first] ?? 0) + (edges[last + 1] ?? 0)) / 2,
  };
}

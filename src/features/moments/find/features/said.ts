import type { MomentFeature } from '../found-moments.ts';
import { Rate } from '../rate.ts';
import type { SentenceSigns } from '../sentence-signs.ts';
import type { Feature } from './feature.ts';

/** A word in three is as much as one in eight words: "Okay." is not all filler. */
const SHORT_SENTENCE_WORDS = 8;

type SaidFeature = {
  name: MomentFeature;
  weight: number;
  said: (signs: SentenceSigns) => readonly string[];
  /** More of it in one sentence counts no more: an agenda is no better for its many numbers. */
  most: number;
};

const SAID: readonly SaidFeature[] = [
  { name: 'CLAIMS', weight: 0.6, most: 3, said: ({ claims, conclusions }) => [...claims, ...conclusions] },
  {
    name: 'STORY',
    weight: 1,
    most: 4,
    said: ({ storyOpeners, narration }) => [...storyOpeners, ...narration],
  },
  { name: 'FEELING', weight: 0.6, most: 3, said: ({ feelings }) => feelings },
  { name: 'NUMBERS', weight: 0.3, most: 2, said: ({ numbers }) => numbers },
  { name: 'PERSON', weight: 0.5, most: 3, said: ({ persons, names }) => [...persons, ...names] },
  { name: 'FILLERS', weight: -0.6, most: 3, said: ({ fillers }) => fillers },
  { name: 'FRAME_WORDS', weight: -1, most: 3, said: ({ frame }) => frame },
];

/** How much of the words of a window do what words do in good stretches, and in dull ones. */
export function saidFeatures(signs: readonly SentenceSigns[], seconds: readonly number[]): Feature[] {
  return SAID.map(({ name, weight, most, said }) => {
    const rate = new Rate(
      signs.map(
        (sentence) => Math.min(most, said(sentence).length) / Math.max(SHORT_SENTENCE_WORDS, sentence.size),
      ),
      seconds,
    );
    return {
      name,
      weight,
      over: ({ first, last }) => rate.over(first, last),
      evidence: ({ first, last }) => signs.slice(first, last + 1).flatMap(said),
    };
  });
}

/** How many of its sentences ask. */
export function questions(signs: readonly SentenceSigns[], texts: readonly string[]): Feature {
  const rate = new Rate(
    signs.map(({ isQuestion }) => Number(isQuestion)),
    signs.map(() => 1),
  );
  return {
    name: 'QUESTIONS',
    weight: 0.3,
    over: ({ first, last }) => rate.over(first, last),
    evidence: ({ first, last }) =>
      texts.slice(first, last + 1).filter((_, i) => signs[first + i]?.isQuestion),
  };
}

/** Sentences looked back at for what was said already. */
const LOOK_BACK = 3;

/** How much of it was just said. */
export function repetition(signs: readonly SentenceSigns[], seconds: readonly number[]): Feature {
  const repeated = signs.map(({ stems }, i) => {
    const before = signs.slice(Math.max(0, i - LOOK_BACK), i).flatMap((sentence) => sentence.stems);
    return stems.filter((stem, at) => stems.indexOf(stem) < at || before.includes(stem));
  });
  const shares = repeated.map((stems, i) => stems.length / Math.max(4, signs[i]?.stems.length ?? 0));
  const rate = new Rate(shares, seconds);
  return { name: 'REPETITION', weight: -0.4, over: ({ first, last }) => rate.over(first, last) };
}

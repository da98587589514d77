import { chosen } from './choose.ts';
import { hook, lands, topicEdgesOf } from './features/edges.ts';
import type { Feature } from './features/feature.ts';
import { questions, repetition, saidFeatures } from './features/said.ts';
import { audience, energy, reactedTo } from './features/sound.ts';
import type { FinderInput } from './finder-input.ts';
import type { Findings, SpokenMoment } from './found-moments.ts';
import { heardSentences, type HeardSentence } from './heard-sentences.ts';
import { judged, reasonsFor } from './judge.ts';
import { Levels } from './levels.ts';
import { knownWords, lexiconLanguage, type LexiconLanguage } from './lexicon/lexicons.ts';
import { PhraseSet } from './lexicon/phrase-set.ts';
import { signsOf, type SentenceSigns } from './sentence-signs.ts';
import { shortfallOf } from './shortfall.ts';
import { bagOf, keyWeights, likeness, type Bag } from './subject.ts';
import { topicEdges } from './topic-edges.ts';
import { windowsOf, type Window } from './windows.ts';

export type LexicalFindings = Findings<SpokenMoment> & {
  foundBy: 'LEXICAL';
  /** Whose words were known; null where only what needs no words of a language counted. */
  lexicon: LexiconLanguage | null;
};

/** Two stretches with so much in common are on the same subject. */
const SAME_SUBJECT = 0.5;
/** What the sound adds where there are words. */
const ENERGY_WEIGHT = 0.6;

/**
 * Finds the stretches of a talk that are worth a clip by what is said and how: whole sentences within the lengths, scored
 * against the rest of the same video. Pure; the same input gives the same moments. Throws nothing.
 */
export function findMoments(input: FinderInput): LexicalFindings {
  const lexicon = lexiconLanguage(input.language);
  const sentences = heardSentences(input);
  const known = lexicon && knownWords(lexicon);
  const reading = { known, frameWords: new PhraseSet(input.frameWords ?? []) };
  const signs = sentences.map((sentence) => signsOf(sentence, reading));
  const features = featuresOf(input, sentences, signs);
  const { minMomentLength, maxMomentLength } = input.limits;
  const windows = windowsOf(sentences, minMomentLength, maxMomentLength);
  const moments = chosen(judged(windows, features), input.limits, sameSubject(signs)).map((window) => ({
    ...spanOf(window, sentences),
    score: window.score,
    reasons: reasonsFor(window, features),
  }));
  const shortfall = shortfallOf(input, moments.length, sentences.length > 0);
  return { foundBy: 'LEXICAL', lexicon, moments, shortfall };
}

function featuresOf(
  { loudness, reactions = [] }: FinderInput,
  sentences: readonly HeardSentence[],
  signs: readonly SentenceSigns[],
): Feature[] {
  const levels = Levels.of(loudness);
  const texts = sentences.map(({ words }) => words.map(({ word }) => word).join(' '));
  const seconds = sentences.map(({ startSeconds, endSeconds }) => endSeconds - startSeconds);
  const stems = signs.map((sentence) => sentence.stems);
  return [
    hook(signs, texts),
    lands(signs, texts, reactedTo(sentences, reactions)),
    ...saidFeatures(signs, seconds),
    questions(signs, texts),
    repetition(signs, seconds),
    topicEdgesOf(topicEdges(stems, keyWeights(stems))),
    ...(levels ? [energy(sentences, levels, ENERGY_WEIGHT)] : []),
    audience(sentences, reactions),
  ];
}

function sameSubject(signs: readonly SentenceSigns[]) {
  const stems = signs.map((sentence) => sentence.stems);
  const weight = keyWeights(stems);
  const bags = new Map<Window, Bag>();
  const bag = (window: Window) => {
    const known = bags.get(window) ?? bagOf(stems.slice(window.first, window.last + 1));
    bags.set(window, known);
    return known;
  };
  return (a: Window, b: Window) => likeness(bag(a), bag(b), weight) > SAME_SUBJECT;
}

function spanOf({ first, last }: Window, sentences: readonly HeardSentence[]) {
  const [from, to] = [sentences[first]?.words[0], sentences[last]?.words.at(-1)];
  return {
    startSeconds: from?.startSeconds ?? 0,
    endSeconds: to?.endSeconds ?? 0,
    startWord: from?.index ?? 0,
    endWord: (to?.index ?? 0) + 1,
  };
}

import type { Quote } from '../../../providers/price.ts';
import { requireCapability } from '../../../providers/registry.ts';
import { type AskedSentence, partTalk } from './part-talk.ts';
import { type AskedConfig, requestOf } from './question.ts';
import { CHOOSER } from './question-rows.ts';

/**
 * What finding moments will use, a quote for each call, before it is bought. An answer of no use is asked for again: each may be
 * bought three times.
 *
 * @throws {DomainError} PROVIDER_NOT_CONFIGURED, or INVALID_INPUT, where nobody here chooses.
 */
export function quoteSearch(config: AskedConfig, sentences: readonly AskedSentence[]): Quote[] {
  const { quote } = requireCapability(CHOOSER, 'MOMENTS');
  const parts = partTalk(sentences, config.maxMomentLength);
  const least = Math.ceil(config.minMoments / Math.max(1, parts.length));
  return parts.map((range) => quote(requestOf({ config, sentences, range, refined: null, least })));
}

/** The same where there is no transcript yet: for a talk of so many seconds, at three words a second. */
export function quoteUnheard(config: AskedConfig, durationSeconds: number): Quote[] {
  const sentence = { text: 'x'.repeat(SENTENCE_LETTERS) };
  const sentences = Array.from({ length: Math.ceil(durationSeconds / SENTENCE_SECONDS) }, (_, index) => ({
    ...sentence,
    startSeconds: index * SENTENCE_SECONDS,
    endSeconds: (index + 1) * SENTENCE_SECONDS,
  }));
  return quoteSearch(config, sentences);
}

/** Of a usual sentence. */
const SENTENCE_SECONDS = 5;
const SENTENCE_LETTERS = 90;

/** What the offline voice speaks of a narration. Pure. */
import { hasWords, sayable, type Speech, type SpeechOrder, type WhyUnspoken } from '../../speech.ts';
import { withoutAddresses } from '../../../script/web-addresses.ts';

/** English letters a second of flite's `slt` at its fastest pace we allow, measured over prose and rounded down. */
const PACE = 19;
/** Seconds of a clip before the voice begins and after it ends. */
const PAUSES_SECONDS = 0.6;

/** What the voice, which knows English alone, speaks of a narration in its clip. */
export function speechOf({
  narration,
  durationSeconds,
}: Pick<SpeechOrder, 'narration' | 'durationSeconds'>): Speech {
  if (!hasWords(narration)) return { words: null, why: ['NO_WORDS'] };
  if (!isEnglish(narration)) return { words: null, why: ['LANGUAGE'] };
  const english = withoutForeign(narration);
  const words = sayable(english, durationSeconds - PAUSES_SECONDS, PACE);
  const why: WhyUnspoken[] = [];
  if (english !== narration) why.push('LANGUAGE');
  if (words !== english) why.push('TIME');
  return { words, why };
}

const WORD = /[\p{L}\p{M}\p{N}]+\s*/gu;
const FOREIGN = /(?![\p{Script=Latin}\p{Script=Common}])\p{L}/u;

/** An English text without the few words of other scripts in it. */
const withoutForeign = (text: string): string =>
  FOREIGN.test(text) ? text.replaceAll(WORD, (word) => (FOREIGN.test(word) ? '' : word)).trim() : text;

const ENGLISH =
  /\b(?:the|and|of|to|in|is|at|on|with|her|his|she|he|from|into|over|under|a|an|their|through|they|it|across|as|by|for|we|you|i)\b/giu;
const OTHER =
  /\b(?:der|die|das|und|ein|eine|im|ist|mit|le|la|les|des|une|un|et|dans|est|el|los|las|una|del|con|en|il|lo|gli|della|che|uma|um|com|não|de|het|een|och|ett|på|na|się|jest|w|z|bir|ve|yang|dan|di)\b/giu;

/** Share of a text's letters that are Latin ones, where only some of its words are foreign. */
const MOSTLY = 0.8;

/** Share of its letters that may have accents. */
const ACCENTED = 0.03;

/** Whether the voice can say the text: its letters and figures are English ones but for a few words, and so are most of its small words. */
export function isEnglish(words: string): boolean {
  // The words of an address are nobody's language; without others, it is read as English.
  const text = withoutAddresses(words);
  if (!hasWords(text) && words !== text) return true;
  const letters = text.match(/[\p{L}\p{Nd}]/gu) ?? [];
  const latin = letters.filter((letter) => !FOREIGN.test(letter));
  if (latin.length === 0 || latin.length / letters.length < MOSTLY) return false;
  const ascii = latin.filter((letter) => /[a-z\d]/iu.test(letter)).length;
  const small = text.match(ENGLISH)?.length ?? 0;
  // A café is English in a sentence that is.
  const accents = Math.max(small > 0 ? 1 : 0, ACCENTED * latin.length);
  return latin.length - ascii <= accents && small >= (text.match(OTHER)?.length ?? 0);
}

import { inTwo, sentencesOf } from './sentences.ts';

/** Characters a second of flite's `slt` at its fastest pace we allow, measured over prose and rounded down. */
const CHARACTERS_PER_SECOND = 19;
/** Seconds of a clip before the voice begins and after it ends. */
const PAUSES_SECONDS = 0.6;

/** Characters of a text that are looked at for what can be said of it; in the longest clip that is a sixth of them. */
const BEGINNING = 2_000;

/** The longest wording of a text that the voice can say in the clip's seconds; null if not even a word. */
export function spokenWithin(text: string, seconds: number): string | null {
  const most = Math.max(0, seconds - PAUSES_SECONDS) * CHARACTERS_PER_SECOND;
  if (text.length <= most) return text;
  for (const wording of shorter(text.slice(0, BEGINNING))) if (wording.length <= most) return wording;
  return null;
}

/** Ever shorter wordings, each a whole thought while it can be: fewer sentences, fewer clauses, fewer words. */
export function* shorter(text: string): Generator<string> {
  const sentences = sentencesOf(text);
  for (let kept = sentences.length - 1; kept > 0; kept -= 1) yield sentences.slice(0, kept).join(' ');
  let clause = sentences[0] ?? text;
  for (let halves = inTwo(clause); halves; halves = inTwo(clause)) {
    clause = halves[0];
    yield clause;
  }
  const words = clause.replace(/[.!?…]+$/u, '').split(/\s+/u);
  for (let kept = words.length - 1; kept > 0; kept -= 1) {
    if (!DANGLING.test(words[kept - 1] ?? ''))
      yield `${words
        .slice(0, kept)
        .join(' ')
        .replace(/[,;:—–-]+$/u, '')}.`;
  }
}

/** A wording may not end on these. */
const DANGLING =
  /^(?:the|a|an|of|to|in|on|at|and|or|but|with|from|by|for|as|its?|his|her|their|my|our|that|which|who|into|over|under|across|is|are|was|were|then|while|toward|towards|through|last|first|one)$/iu;

const ENGLISH =
  /\b(?:the|and|of|to|in|is|at|on|with|her|his|she|he|from|into|over|under|a|an|their|through|they|it|across|as|by|for|we|you|i)\b/giu;
const OTHER =
  /\b(?:der|die|das|und|ein|eine|im|ist|mit|le|la|les|des|une|un|et|dans|est|el|los|las|una|del|con|en|il|lo|gli|della|che|uma|um|com|não|de|het|een|och|ett|på|na|się|jest|w|z|bir|ve|yang|dan|di)\b/giu;

/** Whether the offline voice, which knows English alone, can say the text. */
export function isEnglish(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  if (letters.length === 0) return false;
  const ascii = letters.filter((letter) => /[a-z]/iu.test(letter)).length;
  if (ascii / letters.length < 0.97) return false;
  return (text.match(ENGLISH)?.length ?? 0) >= (text.match(OTHER)?.length ?? 0);
}

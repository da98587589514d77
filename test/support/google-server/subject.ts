/** Labels that the test storyboard puts before a scene's sentence (`makeStoryboard`). */
const SENTENCE = /(First frame|Last frame|The camera rests): (.+?[.!?])(?=\s|$)/;

/**
 * Of what a prompt is about, as the paid test provider names it: the scene's sentence, for a picture with its position
 * in front; all of the prompt where it is none of a test storyboard.
 */
export function subjectOf(prompt: string): string {
  const [, label, sentence] = SENTENCE.exec(prompt) ?? [];
  if (label === undefined || sentence === undefined) return prompt;
  if (label === 'The camera rests') return sentence;
  return `${label === 'First frame' ? 'START' : 'END'} ${sentence}`;
}

import { showsSomething } from '../../core/shown-text.ts';

/** Longest title taken from a text, in graphemes; fits one line of a list or a card. */
const MAX_GRAPHEMES = 60;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const words = new Intl.Segmenter(undefined, { granularity: 'word' });
const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });
/** `Scene 3: `, `Scene 3 - `: says where, not what. */
const SCENE_NUMBER = /^\s*scene\s+\d+\s*[:.–—-]\s*/i;

/** Of a text that has no words for a title. */
const UNTITLED = 'Untitled';

/** A short name for a text: its first sentence, cut between words where it is long. Any language; never empty. */
export function titleOf(text: string): string {
  const title = firstSentence(text);
  return count(title) <= MAX_GRAPHEMES ? title : `${cut(title)}…`;
}

/** The first that is more than full stops. */
function firstSentence(text: string): string {
  for (const line of text.split(/\r?\n/)) {
    for (const { segment } of sentences.segment(line.replace(SCENE_NUMBER, '') || line)) {
      const title = segment.trim().replace(/[.。।]+$/u, '');
      if (showsSomething(title)) return title;
    }
  }
  return UNTITLED;
}

const count = (text: string) => [...graphemes.segment(text)].length;

function cut(text: string): string {
  let kept = '';
  for (const { segment } of words.segment(text)) {
    if (count(kept + segment) >= MAX_GRAPHEMES) break;
    kept += segment;
  }
  if (kept.trim()) return kept.trim();
  // One endless word: cut it between graphemes.
  return [...graphemes.segment(text)]
    .slice(0, MAX_GRAPHEMES - 1)
    .map(({ segment }) => segment)
    .join('');
}

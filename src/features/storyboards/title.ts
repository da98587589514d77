/** Longest title taken from a text, in graphemes; fits one line of a list or a card. */
const MAX_GRAPHEMES = 60;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const words = new Intl.Segmenter(undefined, { granularity: 'word' });
const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });
/** `Scene 3: `, `Scene 3 - `: says where, not what. */
const SCENE_NUMBER = /^\s*scene\s+\d+\s*[:.–—-]\s*/i;

/** A short name for a text: its first sentence, cut between words where it is long. Any language. */
export function titleOf(text: string): string {
  const line = text.trim().split(/\r?\n/, 1)[0] ?? '';
  const [sentence] = sentences.segment(line.replace(SCENE_NUMBER, '') || line);
  const title = (sentence?.segment ?? line).trim().replace(/[.。।]+$/u, '');
  return count(title) <= MAX_GRAPHEMES ? title : `${cut(title)}…`;
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

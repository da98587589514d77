import type { Beat } from './beat.ts';
import { sentencesOf } from './sentences.ts';
import { withoutMarks } from './web-addresses.ts';

const NUMBERED =
  /^\s*(?:[#*_]+\s*)?(?:scene|szene|scène|escena|cena|scena|сцена|シーン|场景|場景|장면|مشهد|المشهد|दृश्य|shot|act)\s*#?\s*(?:\p{Nd}+|[ivx]+\b)?\s*(?:[:.：、)\]–—-]+|\*+|$)\s*(.*)$/iu;
const SLUGLINE = /^\s*(?:[#*_]+\s*)?((?:INT|EXT|EST|I\/E|INT\.?\/EXT)\b[./].*)$/u;
const SPOKEN =
  /^\s*[*_]*(?:narrator|narration|voice[- ]?over|v\.?\s?o\.?|sprecher|erzähler|narrateur|narrador)[*_]*\s*(?:\([^)]*\))?\s*[:：]\s*[*_]*\s*(.*)$/iu;

/** A heading's block, or a paragraph of a text that has none. */
export type Block = { heading: string | null; text: string; spoken: string[] };

/** Script or prose, whether it heads its scenes, and whether it says what the voice says. */
export type Script = { blocks: Block[]; headed: boolean; voiced: boolean };

/** A block while it is read, by its lines: put together at every one of them, a long text takes seconds. */
type Draft = Omit<Block, 'text'> & { lines: string[] };

/**
 * Reads a prompt or script: headings (`Scene 1:`, `INT. …`), paragraphs, and lines marked for the narrator. Takes
 * milliseconds for the longest prompt, whatever it is made of.
 */
export function readScript(prompt: string): Script {
  const lines = prompt
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(UNPRINTABLE, ' ')
    .replaceAll(RUN_OF_SPACES, ' ')
    .split('\n');
  const blocks: Draft[] = [];
  let open: Draft | null = null;
  let voice = '';
  /** The narrator’s line follows. */
  let isLabel = false;
  for (const line of lines) {
    const head = headingOf(line);
    const spoken = SPOKEN.exec(line)?.[1];
    const goesOn = line.trim() !== '' && (isLabel || isWrapped(voice));
    const isVoice = spoken !== undefined || goesOn;
    isLabel = head === null && spoken === '';
    voice = head === null && isVoice ? line.trim() : '';
    if (head !== null || (!open && line.trim())) open = append(blocks, head);
    if (head !== null || !open) continue;
    if (spoken !== undefined) open.spoken.push(unquoted(spoken));
    else if (isVoice) open.spoken.push(unquoted(`${open.spoken.pop()} ${line}`));
    else if (!line.trim()) open = open.heading === null ? null : open;
    else addLine(open.lines, line.trim());
  }
  const headed = blocks.some(({ heading }) => heading !== null);
  return {
    blocks: blocks.flatMap(settled),
    headed,
    voiced: blocks.some(({ spoken }) => spoken.some((said) => said !== '')),
  };
}

// Control characters but for line ends and tabs, and the invisible marks that reorder text.
const UNPRINTABLE = /[^\P{C}\n\t\u200c\u200d\p{Cs}\p{Co}]/gu;
/** One is as good; the patterns above try each way to share a long run out. */
const RUN_OF_SPACES = /[^\S\n]+/gu;

/** A line this long that ends without a stop was wrapped, not ended. Characters. */
const WRAPPED_LINE = 50;

/** Closing marks behind the stop of a line; more of them are no line that ends. Characters. */
const CLOSING_MARKS = 20;
const STOPPED = /[.!?…。！？।؟:：]["'”’»」)]*$/u;

function addLine(lines: string[], line: string): void {
  const before = lines.at(-1) ?? '';
  if (isWrapped(before)) lines[lines.length - 1] = `${before} ${line}`;
  else lines.push(line);
}

const isWrapped = (line: string): boolean =>
  line.length >= WRAPPED_LINE && !STOPPED.test(line.slice(-CLOSING_MARKS));

function append(blocks: Draft[], head: string | null): Draft {
  const block: Draft = { heading: head, lines: [], spoken: [] };
  blocks.push(block);
  return block;
}

/** The heading's words, '' for a bare number, null for a line that is none. */
function headingOf(line: string): string | null {
  const slug = SLUGLINE.exec(line)?.[1];
  if (slug) return tidy(slug);
  const numbered = NUMBERED.exec(line);
  return numbered ? tidy(numbered[1] ?? '') : null;
}

const tidy = (words: string): string => withoutMarks(words, /[*_#]/g).trim();

const QUOTING = /[\s"“”„«»'*_]/u;

/** By hand: the pattern for its end would be tried from each quote within. */
function unquoted(words: string): string {
  let [from, to] = [0, words.length];
  while (from < to && QUOTING.test(words.charAt(from))) from += 1;
  while (from < to && QUOTING.test(words.charAt(to - 1))) to -= 1;
  return words.slice(from, to);
}

/** A long "heading" is the scene itself on the heading's line; a block with nothing to show keeps what is spoken. */
function settled({ heading, lines, spoken: said }: Draft): Block[] {
  const spoken = said.filter((line) => line !== '');
  const text = lines.join('\n');
  const isProse = heading !== null && (text === '' || heading.length > 60);
  const shown = [isProse ? heading : '', text].join(' ').trim() || spoken.join(' ');
  return shown ? [{ heading: isProse || heading === '' ? null : heading, text: shown, spoken }] : [];
}

/** A beat for each headed block, or for each sentence of a text without headings. */
export function beatsOf({ blocks, headed, voiced }: Script): Beat[] {
  return blocks.flatMap(({ heading, text, spoken }) => {
    const texts = headed ? [text.replaceAll('\n', ' ')] : text.split('\n').flatMap(sentencesOf);
    const voices = deal(spoken.flatMap(sentencesOf), texts.length);
    return texts.map((words, index): Beat => ({
      heading: index === 0 ? heading : null,
      text: words,
      narration: voiced ? (voices[index] ?? null) : words,
      view: 'written',
    }));
  });
}

/** Gives every place its run of the sentences, as even as they go. */
function deal(sentences: readonly string[], places: number): (string | null)[] {
  return Array.from({ length: places }, (_, place) => {
    const from = Math.round((place * sentences.length) / places);
    const to = Math.round(((place + 1) * sentences.length) / places);
    return sentences.slice(from, to).join(' ') || null;
  });
}

/** What a model of Google's heard, out of its answer. Pure: JSON in, words out. */
import type { HeardTranscript } from '../capabilities/transcript.ts';
import type { SpokenWord } from '../../text/timed-words.ts';
import { field, listOf, textOf } from './json-walk.ts';

export type Heard = Pick<HeardTranscript, 'words' | 'text' | 'language'>;

/**
 * All that was heard, as it was told: of `generateContent` in `audioTranscription`, one part a speaker's turn, for `text` beside it
 * may be missing; of an interaction in annotations. A thought is none of it. Nothing where the answer has neither.
 */
export function heardIn(body: unknown): Heard {
  const turns = [...turnsOfContent(body), ...turnsOfInteraction(body)];
  return {
    words: turns.flatMap(({ words }) => words),
    text: turns
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join(' '),
    language: turns.map(({ language }) => language).find((language) => language !== null) ?? null,
  };
}

type Turn = Heard;

function turnsOfContent(body: unknown): Turn[] {
  const parts = listOf(field(body, 'candidates')).flatMap((each) =>
    listOf(field(field(each, 'content'), 'parts')),
  );
  return parts.flatMap((part) => {
    const told = field(part, 'audioTranscription');
    if (typeof told !== 'object' || told === null) return [];
    const speaker = textOf(field(told, 'speakerLabel'));
    const words = listOf(field(told, 'words')).flatMap((word) =>
      wordOf(
        textOf(field(word, 'word')),
        { start: field(word, 'startOffset'), end: field(word, 'endOffset') },
        speaker,
      ),
    );
    return [{ words, text: textOf(field(told, 'text')) ?? joined(words), language: languageOf(told) }];
  });
}

function turnsOfInteraction(body: unknown): Turn[] {
  const said = listOf(field(body, 'steps'))
    .filter((step) => field(step, 'type') === 'model_output')
    .flatMap((step) => listOf(field(step, 'content')))
    .filter((content) => field(content, 'type') === 'text');
  return said.map((content) => {
    const words = listOf(field(content, 'annotations'))
      .filter((note) => field(note, 'type') === 'word_info')
      .flatMap((note) =>
        wordOf(
          textOf(field(note, 'text')),
          { start: field(note, 'start_offset'), end: field(note, 'end_offset') },
          textOf(field(note, 'speaker')),
        ),
      );
    return { words, text: textOf(field(content, 'text')) ?? joined(words), language: null };
  });
}

const languageOf = (told: unknown): string | null => textOf(field(told, 'languageCode'));

const joined = (words: readonly SpokenWord[]): string => words.map(({ word }) => word).join(' ');

function wordOf(
  word: string | null,
  { start, end }: { start: unknown; end: unknown },
  speaker: string | null,
): SpokenWord[] {
  if (word === null) return [];
  const startSeconds = secondsOf(start);
  return [{ word, startSeconds, endSeconds: secondsOf(end), ...(speaker !== null && { speaker }) }];
}

/** `"1.100s"`, `"2s"`: NaN where it is none, which no time is. Zero is left out, as everything that is zero in protobuf's JSON may be. */
function secondsOf(value: unknown): number {
  if (value === undefined || value === null) return 0;
  const [, seconds] = /^(\d+(?:\.\d+)?)s?$/.exec(textOf(value) ?? '') ?? [];
  return seconds === undefined ? Number.NaN : Number(seconds);
}

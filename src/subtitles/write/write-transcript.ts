import type { TimedWord } from '../../text/timed-words.ts';
import type { Cue } from '../cue.ts';
import type { Sentence } from '../words/sentences.ts';

/** Silences as long begin another paragraph. */
const PARAGRAPH_SECONDS = 2;

/** Sentences as plain text to read: one paragraph until somebody is silent for a while. Pure. */
export const writeTranscriptText = (sentences: readonly Sentence[]): string =>
  sentences
    .map((sentence, index) => {
      const before = sentences[index - 1];
      if (!before) return sentence.text;
      const isApart = sentence.startSeconds - before.endSeconds >= PARAGRAPH_SECONDS;
      return (isApart ? '\n\n' : '\n') + sentence.text;
    })
    .join('')
    .concat(sentences.length > 0 ? '\n' : '');

export type TranscriptJson = {
  language: string | null;
  segments: {
    start: number;
    end: number;
    text: string;
    speaker?: string;
    words?: { word: string; start: number; end: number; isSpaced?: true }[];
  }[];
};

/** Cues, or sentences with their words, as JSON in the form that recognisers write; times in seconds. Pure. */
export function writeTranscriptJson(cues: readonly Cue[], language: string | null = null): string {
  const segments = cues.map(({ startSeconds, endSeconds, text, words, speaker }) => ({
    start: startSeconds,
    end: endSeconds,
    text,
    ...(speaker !== undefined && { speaker }),
    ...(words && { words: words.map(wordOf) }),
  }));
  const transcript: TranscriptJson = { language, segments };
  return `${JSON.stringify(transcript, null, 1)}\n`;
}

const wordOf = ({ word, startSeconds, endSeconds, isSpaced }: TimedWord) => ({
  word,
  start: startSeconds,
  end: endSeconds,
  ...(isSpaced && { isSpaced }),
});

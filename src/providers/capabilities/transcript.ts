/** Hears what is said in a stretch of sound: words, when they are said, and by whom. */
import { cleanText, LONGEST_MESSAGE } from '../../core/outside-text.ts';
import type { SpokenWord } from '../../text/timed-words.ts';
import { LONGEST_TEXT, tidyWords } from '../heard-words.ts';
import { type Capability, cleanName, cleanReceipt, defineCapability, type PaidFor } from './capability.ts';

/** What the price of it depends on. */
export type TranscriptQuoteRequest = { durationSeconds: number };

export type TranscriptRequest = TranscriptQuoteRequest & {
  /** File of the sound: AAC in an MP4 (`.m4a`). */
  soundFile: string;
  /** Tags of the languages that are spoken; it hears by itself which unless given. */
  languages?: readonly string[];
  /** Whether it is asked who speaks; not unless given. */
  speakers?: boolean;
  /** Whether an answer with nothing in it is silence, and not one to be asked for again: it was before. */
  takesSilence?: boolean;
};

/** What was heard. Words may be missing where there is a text: the model gave no times then. */
export type HeardTranscript = {
  /** In order, with seconds from the start of the sound; never before that or after its end. */
  words: SpokenWord[];
  /** All that was said. */
  text: string;
  /** Tag of the language; null where it does not say. */
  language: string | null;
  /** The vendor's name of the model that heard it. */
  heardBy: string;
  /** Why it ended before its time, in a sentence; null where it did not. */
  cut: string | null;
  /** Words whose time was none, and is their share of the time between their neighbours; counted here, whoever offers it. */
  guessedWords?: number;
};

export type TranscriptCapability = Capability<TranscriptQuoteRequest> & {
  /** Longest that the sound may be, in seconds. */
  mostSeconds: number;
  /** Most bytes that its file may have. */
  mostBytes: number;
  /**
   * Speakers are told apart within this sound alone: the first of another is another one.
   *
   * @throws {ProviderError} REFUSED, with nothing sent, for a file that is too large or a sound that is too long.
   */
  call: PaidFor<TranscriptRequest, HeardTranscript>;
};

/** Longest label of a speaker, and of a language, in UTF-16 units. */
const LONGEST_LABEL = 50;

export const transcript = defineCapability<TranscriptCapability>({
  does: 'Writes down what is said.',
  edges: {
    call:
      (call) =>
      async (request, ...options) => {
        const heard = await call(request, ...options);
        const { words, guessedWords } = tidyWords(heard.words, request.durationSeconds);
        return {
          ...heard,
          ...cleanReceipt(heard),
          words,
          guessedWords,
          text: cleanText(heard.text, LONGEST_TEXT),
          language: heard.language === null ? null : cleanText(heard.language, LONGEST_LABEL),
          heardBy: cleanName(heard.heardBy),
          cut: heard.cut === null ? null : cleanText(heard.cut, LONGEST_MESSAGE),
        };
      },
  },
});

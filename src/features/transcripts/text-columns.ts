/** Words with times, and what a transcript keeps of them. Pure. */
import type { Prisma, Transcript } from '../../generated/prisma/client.ts';
import { joined } from '../../text/joined.ts';
import type { Talk } from '../../subtitles/words/talk.ts';
import type { SpokenWord } from '../../text/timed-words.ts';
import { storedSentences, storedWords, type StoredSentence, type StoredWord } from './transcript.ts';

/** The columns of a transcript that hold what is said. */
export type TextColumns = Required<
  Pick<
    Prisma.TranscriptUncheckedCreateInput,
    'fullText' | 'wordTimestamps' | 'segmentTimestamps' | 'numberOfWords' | 'numberOfSegments'
  >
>;

/** What a new transcript keeps of what is said, whoever heard it. */
export function columnsOf({ text: fullText, words, sentences }: Talk): TextColumns {
  return {
    fullText,
    wordTimestamps: words.map(storedWord),
    segmentTimestamps: sentences.map(({ text, startSeconds, endSeconds, from, to }) => ({
      text,
      start: startSeconds,
      end: endSeconds,
      numberOfWords: to - from,
    })),
    numberOfWords: words.length,
    numberOfSegments: sentences.length,
  };
}

const storedWord = ({ word, startSeconds, endSeconds, isSpaced, speaker }: SpokenWord) => ({
  word,
  start: startSeconds,
  end: endSeconds,
  ...(isSpaced && { isSpaced }),
  ...(speaker !== undefined && { speaker }),
});

/** The words of a transcript, in order. */
export const wordsOf = ({ wordTimestamps }: Pick<Transcript, 'wordTimestamps'>): SpokenWord[] =>
  storedWords.parse(wordTimestamps).map(({ word, start, end, isSpaced, speaker }) => ({
    word,
    startSeconds: start,
    endSeconds: end,
    ...(isSpaced && { isSpaced }),
    ...(speaker !== undefined && { speaker }),
  }));

/** The sentences of a transcript, in order, each with its words: `words.slice(from, to)`. */
export function sentencesIn({
  segmentTimestamps,
}: Pick<Transcript, 'segmentTimestamps'>): (StoredSentence & { from: number; to: number })[] {
  let from = 0;
  return storedSentences.parse(segmentTimestamps).map((sentence) => {
    const own = { ...sentence, from, to: from + sentence.numberOfWords };
    from = own.to;
    return own;
  });
}

/** A transcript's columns with other words at some indices: sentences keep their words and times, only their texts follow. */
export function columnsWith(
  transcript: Pick<Transcript, 'wordTimestamps' | 'segmentTimestamps'>,
  texts: ReadonlyMap<number, string>,
): Pick<TextColumns, 'fullText' | 'wordTimestamps' | 'segmentTimestamps'> {
  const words: StoredWord[] = storedWords
    .parse(transcript.wordTimestamps)
    .map((stored, index) => ({ ...stored, word: texts.get(index) ?? stored.word }));
  const spaced = wordsOf({ wordTimestamps: words });
  return {
    fullText: joined(spaced),
    wordTimestamps: words,
    segmentTimestamps: sentencesIn(transcript).map(({ from, to, ...sentence }) => ({
      ...sentence,
      text: joined(spaced.slice(from, to)),
    })),
  };
}

/** What is said in a video: one transcript each, which is never changed but in its words. */
import { z } from 'zod';
import { ownedThrough } from '../../platform/database/owned.ts';

/** The transcripts `actor` may see. */
export const visibleTranscripts = ownedThrough('Transcript', 'video');

/** Words as `Transcript.wordTimestamps` has them; seconds from the start of the video. */
export const storedWords = z.array(
  z.object({
    word: z.string(),
    start: z.number(),
    end: z.number(),
    /** A space follows although its script puts none between words. */
    isSpaced: z.literal(true).optional(),
    /** Who says it, where somebody told. */
    speaker: z.string().optional(),
  }),
);

/** Sentences as `Transcript.segmentTimestamps` has them; seconds from the start of the video. */
export const storedSentences = z.array(
  z.object({
    text: z.string(),
    start: z.number(),
    end: z.number(),
    /** How many words it has: all words are in exactly one sentence, in order. */
    numberOfWords: z.number().int(),
  }),
);

export type StoredWord = z.infer<typeof storedWords>[number];
export type StoredSentence = z.infer<typeof storedSentences>[number];

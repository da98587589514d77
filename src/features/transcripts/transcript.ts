/** What is said in a video: one transcript each, which is never changed but in its words. */
import { z } from 'zod';
import { ownedThrough } from '../../platform/database/owned.ts';

/** The transcripts `actor` may see. */
export const visibleTranscripts = ownedThrough('Transcript', 'video');

/** Words as `Transcript.wordTimestamps` has them; seconds from the start of the video. */
export const storedWords = z.array(z.object({ word: z.string(), start: z.number(), end: z.number() }));

/** Sentences as `Transcript.segmentTimestamps` has them; seconds from the start of the video. */
export const storedSentences = z.array(z.object({ text: z.string(), start: z.number(), end: z.number() }));

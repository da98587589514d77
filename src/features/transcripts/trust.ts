/** How far words that a recogniser heard can be trusted. Pure. */
import type { Transcript } from '../../generated/prisma/client.ts';

/** Mean confidence under which words are a draft: a third or more of them are wrong. */
export const DRAFT_BELOW = 0.6;
/** Under which they are not to be shown as captions: half or more of them are wrong. */
export const UNFIT_BELOW = 0.45;

type Trusted = Pick<Transcript, 'transcriptionService' | 'confidence'>;

/** Only PocketSphinx says how sure it is in a way that tells right from wrong. */
const isUnder = ({ transcriptionService, confidence }: Trusted, least: number): boolean =>
  transcriptionService === 'POCKETSPHINX' && (confidence ?? 0) < least;

/** Whether so many words may be wrong that a person should read them. */
export const isDraft = (transcript: Trusted): boolean => isUnder(transcript, DRAFT_BELOW);

/** Whether its words can be shown as captions without being asked for all the same. */
export const isFitForCaptions = (transcript: Trusted): boolean => !isUnder(transcript, UNFIT_BELOW);

/** What video models are asked to speak of a narration. Pure. */
import { hasWords, sayable, type Speech, type SpeechOrder, type WhyUnspoken } from '../speech.ts';
import { isMute } from './clip-prompt.ts';
import { gentler } from './soften.ts';

/**
 * English letters a second that nobody speaks faster than, 240 words a minute; ours. A model that is given more words ends
 * in the middle of one.
 */
const PACE = 20;

/** As much of a narration as fits into its clip, in words as gentle as the rest of its prompt. */
export function speechOf({ narration, durationSeconds, softening, clipsFrom }: SpeechOrder): Speech {
  if (!hasWords(narration)) return { words: null, why: ['NO_WORDS'] };
  if (isMute(softening, clipsFrom)) return { words: null, why: ['SOFTENED'] };
  const gentle = gentler(narration, softening);
  const words = sayable(gentle, durationSeconds, PACE);
  const why: WhyUnspoken[] = [];
  if (gentle !== narration) why.push('SOFTENED');
  if (words !== gentle) why.push('TIME');
  return { words, why };
}

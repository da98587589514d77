/** What FFmpeg's `whisper` filter writes. Pure. */
import type { SpeechSpan } from './speech-spans.ts';

/** What was heard in a piece of the sound; seconds from the start of the sound. */
export type WhisperSegment = SpeechSpan & { text: string };

/** Seconds of sound that the model is given at once: a span, and silence up to here. */
export const PIECE_SECONDS = 20;

/** `{"start":1200,"end":3400,"text":"…"}`, whose text is as the model has it: with quotation marks that nothing escapes. */
const LINE = /^\{"start":(-?\d+),"end":(-?\d+),"text":"(.*)"\}$/;
/** What the model writes of a sound that is no speech. */
const NO_SPEECH = /^\s*(?:\[[^\]]*\]|\([^)]*\)|♪.*)\s*$/u;
/** More words a second than anybody says: the model repeats itself. */
const MOST_WORDS_A_SECOND = 8;
/** Nothing is said in less. */
const LEAST_SECONDS = 0.1;

/**
 * What was heard in each span. What the model says of the silence behind a span is no speech, and neither is what stands in brackets.
 *
 * @param answer lines of pieces of `PIECE_SECONDS`, the first of each span beginning with it.
 */
export function whisperSegments(answer: string, spans: readonly SpeechSpan[]): WhisperSegment[] {
  return answer.split('\n').flatMap((line) => {
    const [, start, end, text = ''] = LINE.exec(line.trimEnd()) ?? [];
    const [from, to] = [Number(start) / 1_000, Number(end) / 1_000];
    const piece = Math.floor((from + 0.001) / PIECE_SECONDS);
    const span = spans[piece];
    if (!span || text.trim() === '' || NO_SPEECH.test(text)) return [];
    const at = (seconds: number) => span.startSeconds + seconds - piece * PIECE_SECONDS;
    if (at(from) > span.endSeconds - LEAST_SECONDS) return [];
    const startSeconds = at(from);
    const endSeconds = Math.min(span.endSeconds, Math.max(startSeconds, at(to)));
    const words = text.trim().split(/\s+/).length;
    if (words > MOST_WORDS_A_SECOND * Math.max(1, endSeconds - startSeconds)) return [];
    return [{ startSeconds, endSeconds, text: text.trim() }];
  });
}

import { CHANNELS, SAMPLE_RATE } from '../../../media/encoding.ts';
import { shorter } from '../../speech.ts';
import { type Flite, loadFlite } from './flite.ts';
import type { Speech } from './wave.ts';
import { master } from './mastering.ts';

/** Seconds of picture before the voice begins and after it ends. */
export const LEAD_SECONDS = 0.4;
const TAIL_SECONDS = 0.2;
/** Faster than this a person stops following. */
const FASTEST = 1.35;

/** flite's voices: `rms` is a low one. */
export const voiceOf = (style: string): string =>
  style === 'noir' || style === 'documentary' ? 'rms' : 'slt';

/** A stereo track, and the words that are heard on it; null for none. */
export type Spoken = { track: Float32Array; words: string | null };

/** A text as it fits into a clip. */
export type Fitted = {
  speech: Speech;
  /** What of it is said. */
  words: string;
  /** By how much it is said slower than usual. */
  stretch: number;
};

/**
 * Speaks a text into a stereo track of at most `durationSeconds`, at 48 kHz. Long texts are spoken
 * faster, up to 1.35 times; what is still too long loses whole clauses, then whole words, from its end, and its words
 * tell so.
 */
export async function speak(
  text: string,
  style: string,
  durationSeconds: number,
  workDirectory: string,
): Promise<Spoken> {
  const fitted = await fit(await loadFlite(workDirectory), text, style, durationSeconds);
  if (!fitted) return { track: new Float32Array(0), words: null };
  return { track: placed(fitted.speech, durationSeconds), words: fitted.words };
}

/** Speaks what of a text fits into a clip; null if not even a word does. The same order gives the same speech. */
export async function fit(
  flite: Flite,
  text: string,
  style: string,
  durationSeconds: number,
): Promise<Fitted | null> {
  const room = Math.max(0.3, durationSeconds - LEAD_SECONDS - TAIL_SECONDS);
  for (const words of [text, ...shorter(text)]) {
    const natural = await flite.say(words, voiceOf(style), 1);
    const pace = natural.samples.length / natural.rate / room;
    if (pace <= 1) return { speech: natural, words, stretch: 1 };
    if (pace > FASTEST) continue;
    // The voice's own tempo is a little off what it is asked for; ask for a little more.
    const stretch = 1 / (pace * 1.02);
    const speech = await flite.say(words, voiceOf(style), stretch);
    if (speech.samples.length / speech.rate <= room + TAIL_SECONDS / 2) return { speech, words, stretch };
  }
  return null;
}

function placed(speech: Speech, durationSeconds: number): Float32Array {
  const mono = master(speech);
  const lead = Math.round(LEAD_SECONDS * SAMPLE_RATE);
  const length = Math.min(Math.round(durationSeconds * SAMPLE_RATE), lead + mono.length);
  const stereo = new Float32Array(length * CHANNELS);
  for (let index = lead; index < length; index += 1)
    stereo.fill(mono[index - lead] ?? 0, index * CHANNELS, (index + 1) * CHANNELS);
  return stereo;
}

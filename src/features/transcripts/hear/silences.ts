import type { Survey } from '../../videos/survey/survey.ts';
import type { Stretch } from './plan-chunks.ts';

/** dB under full scale: nobody speaks so softly into a microphone. */
const SILENT_BELOW = -55;
/** Shorter ones are pauses between words. */
const LEAST_SECONDS = 0.6;

/** Where nothing is heard: of a video without sound, all of it. Pure. */
export function silencesIn(loudness: Survey['loudness'], durationSeconds: number): Stretch[] {
  if (!loudness) return [{ startSeconds: 0, endSeconds: durationSeconds }];
  const { stepSeconds, values } = loudness;
  const silences: Stretch[] = [];
  let from: number | null = null;
  const end = (at: number) => {
    if (from !== null && (at - from) * stepSeconds >= LEAST_SECONDS)
      silences.push({ startSeconds: from * stepSeconds, endSeconds: at * stepSeconds });
    from = null;
  };
  for (const [at, level] of values.entries()) {
    if (level < SILENT_BELOW) from ??= at;
    else end(at);
  }
  end(values.length);
  // Sound that ends before its pictures is silence from there on.
  const heard = values.length * stepSeconds;
  if (durationSeconds - heard >= LEAST_SECONDS)
    silences.push({ startSeconds: heard, endSeconds: durationSeconds });
  return silences;
}

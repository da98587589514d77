import { ease } from '../art/camera.ts';

/** What shows at one moment of a clip, all shares from 0 to 1. */
export type Moment = {
  /** Camera of the scene's own shot. */
  share: number;
  /** Camera of the shot it comes from, from its end on. */
  outgoingShare: number;
  /** How far the dissolve to the own shot has come. */
  dissolve: number;
  /** Opacity of the words. */
  words: number;
};

/** Seconds; a dissolve is read as "then" when it is about this long. */
const DISSOLVE_SECONDS = 1.1;
const DISSOLVE_START_SECONDS = 0.12;
/** At most this share of a clip: a short one must still show its scene. */
const DISSOLVE_MOST = 0.4;
const WORDS_FADE_SECONDS = 0.45;
/** The words leave before the picture does: the next scene begins with this picture, not with these words. */
const WORDS_GONE_SECONDS = 0.12;
const OUTGOING_TRAVEL = 0.12;

/** What shows `seconds` into a clip; `joins` says whether it begins on another shot's picture. */
export function momentAt(seconds: number, durationSeconds: number, joins: boolean): Moment {
  const t = seconds / durationSeconds;
  const dissolveSeconds = Math.min(DISSOLVE_SECONDS, durationSeconds * DISSOLVE_MOST);
  const through = clamp((seconds - DISSOLVE_START_SECONDS) / dissolveSeconds);
  const wordsFrom = joins ? DISSOLVE_START_SECONDS + dissolveSeconds * 0.55 : 0.2;
  const fade = Math.min(WORDS_FADE_SECONDS, durationSeconds * 0.12);
  const arriving = clamp((seconds - wordsFrom) / fade);
  const leaving = clamp((durationSeconds - WORDS_GONE_SECONDS - seconds) / fade);
  return {
    share: ease(clamp(t)),
    outgoingShare: 1 + OUTGOING_TRAVEL * through * through,
    dissolve: joins ? ease(through) : 1,
    words: ease(Math.min(arriving, leaving)),
  };
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

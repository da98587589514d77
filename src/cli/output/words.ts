/** Statuses and times in the words of a person. */
import type { SceneStatus, VideoClipStatus } from '../generated/graphql.ts';

export const SCENE_WORDS: Record<SceneStatus, string> = {
  PENDING: 'waiting',
  KEYFRAMES_GENERATING: 'drawing keyframes',
  KEYFRAMES_DONE: 'keyframes drawn',
  VIDEO_GENERATING: 'making the clip',
  VIDEO_DONE: 'done',
  FAILED: 'failed',
};

export const VIDEO_CLIP_WORDS: Record<VideoClipStatus, string> = {
  PENDING: 'clip planned',
  SUBMITTING: 'asking for the clip',
  SUBMITTED: 'clip accepted',
  POLLING: 'clip in the making',
  COMPLETE: 'clip done',
  RAI_FILTERED: 'refused by the safety filter',
  FAILED: 'clip failed',
  TIMED_OUT: 'clip took too long',
  LOST: 'clip paid for and lost',
  UNKNOWN: 'clip needs a decision',
};

/** Share of a scene's work that is behind it, by its last finished step: two frames, then the clip. */
export const SCENE_SHARE: Record<SceneStatus, number> = {
  PENDING: 0,
  KEYFRAMES_GENERATING: 0.2,
  KEYFRAMES_DONE: 0.4,
  VIDEO_GENERATING: 0.6,
  VIDEO_DONE: 1,
  FAILED: 0,
};

const pad = (value: number) => String(value).padStart(2, '0');

/** `07:05`, or `1:07:05` from an hour on. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${pad(minutes)}:${pad(rest)}`;
}

/** `about 00:09 left`; empty while nobody knows, and at the end. */
export const timeLeft = (seconds: number | null): string => (seconds ? `about ${clock(seconds)} left` : '');

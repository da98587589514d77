import type { AspectRatio } from '../../aspect-ratio.ts';

/** Looks a film may have, in the order a form shows them. */
export const STYLES = ['cinematic', 'noir', 'neon', 'documentary', 'anime', 'watercolor'] as const;
export type Style = (typeof STYLES)[number];

export const HOURS = ['dawn', 'day', 'dusk', 'night'] as const;
export type Hour = (typeof HOURS)[number];

export const WEATHERS = ['clear', 'rain', 'snow', 'fog'] as const;
export type Weather = (typeof WEATHERS)[number];

export const PLACES = [
  ...(['sea', 'city', 'forest', 'mountain', 'desert', 'field', 'river', 'road', 'room', 'space'] as const),
  'market',
] as const;
export type Place = (typeof PLACES)[number];

export const SUBJECTS = [
  ...([
    'figure',
    'pair',
    'crowd',
    'lighthouse',
    'house',
    'castle',
    'tree',
    'flower',
    'ship',
    'train',
  ] as const),
  ...([
    'car',
    'balloon',
    'rocket',
    'birds',
    'cat',
    'horse',
    'fire',
    'lamp',
    'letter',
    'cup',
    'clock',
  ] as const),
] as const;
export type Subject = (typeof SUBJECTS)[number];

export const SHOTS = [
  ...(['wide', 'medium', 'close-up', 'insert', 'over-the-shoulder', 'low angle', 'high angle'] as const),
] as const;
export type Shot = (typeof SHOTS)[number];

export const MOVES = [
  ...(['push in', 'pull out', 'pan left', 'pan right', 'tilt up', 'tilt down', 'truck left'] as const),
  ...(['truck right', 'drift'] as const),
] as const;
export type Move = (typeof MOVES)[number];

/** Everything that decides a picture: the same recipe draws the same pixels. A keyframe carries its own. */
export type Recipe = {
  style: Style;
  aspectRatio: AspectRatio;
  seed: number;
  place: Place;
  hour: Hour;
  weather: Weather;
  /** What the shot is about, and what stands by. */
  subject: Subject | null;
  companion: Subject | null;
  shot: Shot;
  move: Move;
};

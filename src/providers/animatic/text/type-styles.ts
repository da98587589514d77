import type { Style } from '../art/recipe.ts';
import type { Face } from '../../../media/fonts/faces.ts';

/** What keeps the words readable on a picture. */
type Lift = 'shadow' | 'glow' | 'outline' | 'plate' | 'none';

/** Each style's own hand. */
export type TypeStyle = {
  /** Headings, and words that stand alone. */
  display: Face;
  /** Words under a heading. */
  text: Face;
  /** The line that names scene and shot. */
  label: Face;
  ink: string;
  accent: string;
  lift: Lift;
  /** Shade under the words. */
  scrim: { color: string; opacity: number };
  /** Of the font size. */
  lineHeight: number;
  upperCase: boolean;
};

export const TYPE_STYLES: Readonly<Record<Style, TypeStyle>> = {
  cinematic: {
    display: 'Playfair',
    text: 'Inter',
    label: 'Inter Bold',
    ink: '#fff5e6',
    accent: '#ffcf8a',
    lift: 'shadow',
    scrim: { color: '#05060d', opacity: 0.82 },
    lineHeight: 1.22,
    upperCase: false,
  },
  noir: {
    display: 'Oswald',
    text: 'Inter',
    label: 'Oswald',
    ink: '#f5f5f2',
    accent: '#ff4238',
    lift: 'shadow',
    scrim: { color: '#000000', opacity: 0.92 },
    lineHeight: 1.24,
    upperCase: true,
  },
  neon: {
    display: 'Grotesk',
    text: 'Grotesk',
    label: 'Grotesk',
    ink: '#ffffff',
    accent: '#2bf5ff',
    lift: 'glow',
    scrim: { color: '#0a0220', opacity: 0.86 },
    lineHeight: 1.24,
    upperCase: false,
  },
  documentary: {
    display: 'Inter Bold',
    text: 'Inter',
    label: 'Inter Bold',
    ink: '#16191a',
    accent: '#d9572b',
    lift: 'plate',
    scrim: { color: '#0d1012', opacity: 0 },
    lineHeight: 1.32,
    upperCase: false,
  },
  anime: {
    display: 'Zen Maru',
    text: 'Zen Maru',
    label: 'Inter Bold',
    ink: '#ffffff',
    accent: '#ffdf4a',
    lift: 'outline',
    scrim: { color: '#0b1446', opacity: 0.62 },
    lineHeight: 1.28,
    upperCase: false,
  },
  watercolor: {
    display: 'Cormorant',
    text: 'Cormorant',
    label: 'Cormorant',
    ink: '#33304a',
    accent: '#a8552f',
    lift: 'none',
    scrim: { color: '#ffffff', opacity: 0 },
    lineHeight: 1.14,
    upperCase: false,
  },
};

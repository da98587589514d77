/** How a model is told whom and what its reference images show. They come before every other picture. */
import type { ReferencePicture } from '../scene-brief.ts';
import type { Softening } from '../softening.ts';
import { gentler } from './soften.ts';

const KINDS: Readonly<Record<ReferencePicture['kind'], string>> = {
  CHARACTER: 'the character',
  PRODUCT: 'the product',
};

const KEEP =
  'Whoever and whatever of these the scene has looks exactly as in the reference image; the others are left out.';

/** What a model calls its n-th reference image, counted from 1. */
export type Naming = (number: number) => string;

export const IN_WORDS: Naming = (number) => `Reference image ${number}`;
/** Omni's, which counts from 0 (told by those who tried, 2026-09). */
export const BY_TAG: Naming = (number) => `<IMAGE_REF_${number - 1}>`;

/** Which picture has which of Omni's tags. */
export const tagsOfReferences = (references: readonly unknown[], callPicture: Naming): string =>
  `[# References ${references.map((_, index) => `${BY_TAG(index + 1)}${callPicture(index + 1)}`).join(' ')}]`;

/** A line a picture, and what to make of them; none without pictures. */
export function wordsOfReferences(
  references: readonly Pick<ReferencePicture, 'kind' | 'name'>[],
  softening: Softening = 0,
  naming: Naming = IN_WORDS,
): string[] {
  if (references.length === 0) return [];
  const lines = references.map(
    ({ kind, name }, index) => `${naming(index + 1)} is ${KINDS[kind]} "${gentler(name, softening)}".`,
  );
  return [...lines, ...(naming === BY_TAG ? [NO_FRAMES] : []), KEEP];
}

const NO_FRAMES = 'They are references, and none of them is the first frame.';

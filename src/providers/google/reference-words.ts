/** How a model is told whom and what its reference images show. They come before every other picture. */
import type { ReferencePicture, Softening } from '../provider.ts';
import { gentler } from './soften.ts';

const KINDS: Readonly<Record<ReferencePicture['kind'], string>> = {
  CHARACTER: 'the character',
  PRODUCT: 'the product',
};

const KEEP =
  'Whoever and whatever of these the scene has looks exactly as in the reference image; the others are left out.';

/**
 * A line a picture, and what to make of them; none without pictures.
 *
 * @param callPicture what the model calls its n-th picture, counted from 1.
 */
export function wordsOfReferences(
  references: readonly Pick<ReferencePicture, 'kind' | 'name'>[],
  softening: Softening = 0,
  callPicture: (number: number) => string = (number) => `Reference image ${number}`,
): string[] {
  if (references.length === 0) return [];
  const lines = references.map(
    ({ kind, name }, index) => `${callPicture(index + 1)} is ${KINDS[kind]} "${gentler(name, softening)}".`,
  );
  return [...lines, KEEP];
}

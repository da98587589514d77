/** When a frame fits its film, when it is made to, and when it is of no use. */
import { describe, expect, test } from 'vitest';
import { shapeOf } from '../../src/features/keyframes/frame-shape.ts';
import type { Size } from '../../src/providers/aspect-ratio.ts';

const px = (text: string): Size => {
  const [width = 0, height = 0] = text.split('x').map(Number);
  return { width, height };
};

const told = (drawn: string, film: string, other: string | null = null) => {
  const shape = shapeOf(px(drawn), px(film), other === null ? null : px(other));
  if (shape.kind !== 'FITTED') return shape.kind;
  const { part, size } = shape;
  return `${part.width}x${part.height} as ${size.width}x${size.height}`;
};

describe('the first frame of a clip', () => {
  test.each([
    // What Google's models draw at 1K, 2K and 4K.
    ['1376x768', '1280x720', '1344x756 as 1344x756'],
    ['2752x1536', '1920x1080', '2720x1530 as 2720x1530'],
    ['5504x3072', '3840x2160', '5440x3060 as 5440x3060'],
    ['768x1376', '720x1280', '756x1344 as 756x1344'],
    ['1280x720', '1280x720', 'AS_IT_IS'],
    ['1000x550', '1280x720', '960x540 as 960x540'],
    ['1024x1024', '1280x720', 'FAR_OFF'],
    ['768x1376', '1280x720', 'FAR_OFF'],
    ['1024x768', '1280x720', 'FAR_OFF'],
    ['320x180', '1280x720', 'FAR_OFF'],
    ['1x1', '1280x720', 'FAR_OFF'],
  ])('of %s for a film of %s is %s', (drawn, film, expected) => {
    expect(told(drawn, film)).toBe(expected);
  });
});

test('the other frame of a clip gets the size of the first, larger or smaller', () => {
  expect(told('1376x768', '1280x720', '1344x756')).toBe('1344x756 as 1344x756');
  expect(told('2752x1536', '1280x720', '1344x756')).toBe('2720x1530 as 1344x756');
  expect(told('800x450', '1280x720', '1344x756')).toBe('800x450 as 1344x756');
  expect(told('1376x768', '1280x720', '1376x768')).toBe('AS_IT_IS');
});

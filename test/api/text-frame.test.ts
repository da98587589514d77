import { expect, test } from 'vitest';
import { beginTextFrame } from '../../src/api/live/text-frame.ts';

/** RFC 6455, 5.2. */
test.each([
  [125, [125]],
  [126, [126, 0, 126]],
  [65_535, [126, 255, 255]],
  [65_536, [127, 0, 0, 0, 0, 0, 1, 0, 0]],
])('a text message of %d bytes tells its length in as few bytes as may be', (length, told) => {
  const beginning = Buffer.from('[]');
  const frame = beginTextFrame(beginning, length - beginning.length);
  expect([...frame]).toEqual([0x81, ...told, ...beginning]);
});

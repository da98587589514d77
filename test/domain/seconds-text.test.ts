import { expect, test } from 'vitest';
import { secondsText } from '../../src/core/seconds-text.ts';

test.each([
  [4.9830000000000005, '4.983 s'],
  [0.1 + 0.2, '0.3 s'],
  [12, '12 s'],
  [10_800.04, '10800.04 s'],
])('%d is told as %s', (seconds, text) => {
  expect(secondsText(seconds)).toBe(text);
});

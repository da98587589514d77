import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanJson, cleanText, DEEPEST_JSON, messageOf } from '../../src/core/outside-text.ts';
import { Prisma } from '../../src/generated/prisma/client.ts';

const FAMILY = '👨‍👩‍👧‍👦';

test.each([
  ['NUL', 'a\u0000b', 'ab'],
  ['an escape of a terminal', '\u001b[31mred', '[31mred'],
  ['the first half of an emoji', 'day \ud83d', 'day \ufffd'],
  ['the second half', '\ude00 day', '\ufffd day'],
])('%s does not stay', (_, text, clean) => {
  expect(cleanText(text)).toBe(clean);
});

test('a cut leaves whole characters, as a reader counts them', () => {
  expect(cleanText(`ab${FAMILY}`, 8)).toBe('ab');
  expect(cleanText(`ab${FAMILY}`, 13)).toBe(`ab${FAMILY}`);
  expect(cleanText(`ne\u0301e`, 2)).toBe('n');
});

test('whatever comes is well-formed, has no NUL, and is no longer than it may be', () => {
  const anything = fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  });
  fc.assert(
    fc.property(anything, fc.integer({ min: 0, max: 20 }), (text, most) => {
      const clean = cleanText(text, most);
      expect(clean.isWellFormed()).toBe(true);
      expect(clean).not.toContain('\u0000');
      expect(clean.length).toBeLessThanOrEqual(most);
    }),
  );
});

test('one character without an end is cut all the same', () => {
  expect(cleanText(`a${'\u0301'.repeat(5_000)}`, 100)).toHaveLength(100);
});

test('JSON is clean at any depth, in its names too, and has a bottom', () => {
  expect(cleanJson({ 'a\u0000': [{ b: 'c\u0000\ud83d' }, 1, null] })).toEqual({
    a: [{ b: 'c\ufffd' }, 1, null],
  });
  let deep: unknown = 'bottom';
  for (let level = 0; level < 100_000; level += 1) deep = [deep];
  expect(JSON.stringify(cleanJson(deep)).length).toBeLessThan(3 * DEEPEST_JSON);
});

test('of an error of the database its last line is told, not our files', () => {
  const error = new Prisma.PrismaClientKnownRequestError(
    '\nInvalid call in\n/home/me/clip.ts:7\n\nValue too long',
    {
      code: 'P2000',
      clientVersion: '7',
    },
  );
  expect(messageOf(error)).toBe('Value too long');
});

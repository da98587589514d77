import fc from 'fast-check';
import { expect, test } from 'vitest';
import { zipNames } from '../../src/sheets/zip/zip-names.ts';

const NAMING = { ending: '.mp4', otherwise: 'film' };
const names = (...texts: string[]) => zipNames(texts, NAMING);

test('a name keeps what it can', () => {
  expect(names('Intro', 'Größe & Maß, 2. Teil', '灯台 😀', 'a.b', 'Done.mp4', 'Done.MP4')).toEqual([
    'Intro.mp4',
    'Größe & Maß, 2. Teil.mp4',
    '灯台 😀.mp4',
    'a.b.mp4',
    'Done.mp4',
    'Done (2).mp4',
  ]);
});

test.each([
  ['a/b', 'a_b.mp4'],
  ['../../x', 'x.mp4'],
  ['..\\..\\x', 'x.mp4'],
  ['/etc/passwd', 'etc_passwd.mp4'],
  ['C:\\x', 'C__x.mp4'],
  ['..', 'film.mp4'],
  ['', 'film.mp4'],
  ['.mp4', 'film.mp4'],
  [' . ', 'film.mp4'],
  ['CON', '_CON.mp4'],
  ['con.txt', '_con.txt.mp4'],
  ['COM¹', '_COM¹.mp4'],
  ['console', 'console.mp4'],
  ['end. ', 'end.mp4'],
  ['.hidden', 'hidden.mp4'],
  ['a\nb\0c', 'a b_c.mp4'],
  ['what?*', 'what__.mp4'],
  ['u\u0308', 'ü.mp4'],
  ['\ud800', '\ufffd.mp4'],
  ['gpj\u202egnp', 'gpj_gnp.mp4'],
])('%j is called %j', (text, name) => {
  expect(names(text)).toEqual([name]);
});

test('equal names are told apart, capitals and letters of two characters made no difference', () => {
  expect(names('Intro', 'intro', 'Intro (2)', 'ü', 'u\u0308', 'Intro')).toEqual([
    'Intro.mp4',
    'intro (2).mp4',
    'Intro (2) (2).mp4',
    'ü.mp4',
    'ü (2).mp4',
    'Intro (3).mp4',
  ]);
});

test('a long name is cut between characters, to 255 bytes with all that is behind it', () => {
  const family = '👩‍👩‍👧‍👦';
  const [first, second] = names(family.repeat(30), family.repeat(30));
  expect([first, second]).toEqual([`${family.repeat(10)}.mp4`, `${family.repeat(9)} (2).mp4`]);
  expect(names('x'.repeat(300))[0]).toHaveLength(255);
});

test('a hundred thousand equal names take no time', () => {
  expect(
    new Set(
      zipNames(
        Array.from({ length: 100_000 }, () => 'Intro'),
        NAMING,
      ),
    ).size,
  ).toBe(100_000);
});

test('whatever the texts are, names are good ones, and each is there once', () => {
  const piece = fc.constantFrom(
    '.',
    '..',
    '/',
    '\\',
    ' ',
    'CON',
    'a',
    'A',
    'ü',
    'u\u0308',
    '😀',
    'x'.repeat(260),
    ' (2)',
    '.mp4',
    '\u0130',
    'ß',
    'SS',
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary' }),
  );
  const property = fc.property(fc.array(text, { maxLength: 30 }), (texts) => {
    const all = zipNames(texts, NAMING);
    expect(new Set(all.map((name) => name.normalize('NFD').toLowerCase())).size).toBe(texts.length);
    for (const name of all) {
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
      expect(name).toMatch(/^[^\s./\\<>:"|?*\p{Cc}][^/\\<>:"|?*\p{Cc}]*\.mp4$/u);
      expect(name).not.toMatch(/[\s.]\.mp4$|\.\.|^(con|nul|prn|aux)\./i);
      expect(name).toBe(name.normalize('NFC'));
    }
  });
  fc.assert(property, { numRuns: 200 });
});

import { expect, test } from 'vitest';
import { titleOf } from '../../src/features/projects/title.ts';

test('a title is the first sentence without its full stop', () => {
  expect(titleOf('The lighthouse wakes. Then the storm comes.')).toBe('The lighthouse wakes');
});

test('a scene heading gives its words, not its number', () => {
  expect(titleOf('Scene 3: The harbour at night\nBoats everywhere.')).toBe('The harbour at night');
});

test('a long sentence is cut between words', () => {
  const title = titleOf('word '.repeat(50));
  expect(title).toMatch(/^(word )*word…$/);
  expect(title.length).toBeLessThanOrEqual(60);
});

test('one endless word is cut between graphemes, never inside an emoji', () => {
  const title = titleOf('👩‍👩‍👧‍👦'.repeat(100));
  expect([...new Intl.Segmenter().segment(title)].length).toBeLessThanOrEqual(60);
  expect(title.replace('…', '').replaceAll('👩‍👩‍👧‍👦', '')).toBe('');
});

test.each(['夜の港。船が出る。', 'مدينة في الليل. ثم مطر.', 'एक नाव। फिर बारिश।'])(
  '%s gets a title of its own language',
  (text) => {
    expect(text.startsWith(titleOf(text))).toBe(true);
    expect(titleOf(text).length).toBeGreaterThan(2);
  },
);

test.each([
  ['.', 'Untitled'],
  ['\n\n.\n', 'Untitled'],
  ['。', 'Untitled'],
  ['\u200b.', 'Untitled'],
  ['.\nA lighthouse at dusk.', 'A lighthouse at dusk'],
  ['\u202e\nA lighthouse at dusk.', 'A lighthouse at dusk'],
])('a title shows something: %j is called %s', (text, title) => {
  expect(titleOf(text)).toBe(title);
});

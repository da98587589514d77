import { expect, test } from 'vitest';
import { knownWords, type LexiconLanguage } from '../../src/features/moments/find/lexicon/lexicons.ts';
import { PhraseSet } from '../../src/features/moments/find/lexicon/phrase-set.ts';
import { signsOf } from '../../src/features/moments/find/sentence-signs.ts';

function signs(text: string, language: LexiconLanguage | null = 'en', frameWords: string[] = []) {
  const words = text
    .split(' ')
    .map((word, index) => ({ word, index, startSeconds: index, endSeconds: index + 1 }));
  const known = language && knownWords(language);
  return signsOf(
    { words, startSeconds: 0, endSeconds: words.length },
    { known, frameWords: new PhraseSet(frameWords) },
  );
}

test('phrases are found whole, the longest of those that begin alike, through capitals, marks and curled apostrophes', () => {
  expect(signs('THAT’S why, in the end, nobody came.')).toMatchObject({
    conclusions: ["that's why", 'in the end'],
    claims: ['nobody'],
  });
  expect(signs('This special offer is brought to you by our sponsor.').frame).toEqual([
    'special offer',
    'brought to you by',
    'sponsor',
  ]);
});

test('a sentence tells numbers by words, digits and, in German, the ends of words', () => {
  expect(signs('We had 3.5 percent of two thousand.').numbers).toEqual(['percent', 'thousand', '3.5']);
  expect(signs('Das waren siebenundvierzig von dreihundert.', 'de').numbers).toEqual([
    'siebenundvierzig',
    'dreihundert',
  ]);
});

test('names are capitals inside a sentence, but not where every noun has one, nor what somebody begins to say', () => {
  expect(signs('Then old Viktor said, "Nothing." Later he met Anna.').names).toEqual(['Viktor', 'Anna']);
  expect(signs('Dann kam der Zug nach Berlin.', 'de').names).toEqual([]);
});

test('what is told is known by its verbs, and in Spanish by their ends', () => {
  expect(signs('She ran and said: "Wait!"').narration).toEqual(['ran', 'said', '“…”']);
  expect(signs('Entonces gritaron y la niña lloró aquí.', 'es').narration).toEqual(['gritaron', 'lloró']);
});

test('"schon" is no feeling, though its stem is that of "schön"', () => {
  expect(signs('Das war schon schön.', 'de').feelings).toEqual(['schön']);
});

test.each([
  ['Why do we do this?', true],
  ['why do we do this', true],
  ['Why we do this is a long story.', false],
  ['¿Por qué?', true],
  ['これは何ですか？', true],
])('"%s" asks: %s', (text, isQuestion) => {
  expect(signs(text).isQuestion).toBe(isQuestion);
});

test('what begins with "and" leans on what was before', () => {
  expect(signs('And that was it.').leansBack).toBe(true);
  expect(signs('Andrew was there.').leansBack).toBe(false);
});

test('without known words there are digits, marks and subjects', () => {
  const { numbers, narration, stems, persons, fillers } = signs('Hän sanoi: "Minulla on 40 vuotta."', null);
  expect({ numbers, persons, fillers }).toEqual({ numbers: ['40'], persons: [], fillers: [] });
  expect(narration).toEqual(['“…”', '“…”']);
  expect(stems).toEqual(['hän', 'sanoi', 'minulla', 'on', '40', 'vuotta']);
});

test("a speaker's own phrases keep house too", () => {
  expect(signs('As always on Deep Waters, my friends.', 'en', ['Deep Waters']).frame).toEqual([
    'deep waters',
  ]);
});

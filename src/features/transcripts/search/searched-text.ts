/** Text as PostgreSQL reads it for search, sentences and queries alike. Pure. */

/**
 * Scripts in which no space parts one word from the next, and Korean, where what is looked for is a part of one. PostgreSQL
 * takes a run of them for a single word.
 */
const RUNS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{M}ー]*/gu;
/** Letters of other scripts, and what may stand within a word. */
const WORDS = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|['’](?=\p{L})|[.,](?=[\p{L}\p{N}]))*/gu;
/** A letter with a mark that people leave out when they type. */
const ACCENTED = /\p{Script=Latin}\p{M}/u;

/** Without differences of case and of form that nobody types. */
const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll('’', "'");

/** A text's letters without their marks: `cafe` for `café`. */
export const bareOf = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFC');

/** A run as every two neighbours in it: `北京 京大 大学`. One letter is itself. */
function pairsOf(run: string): string {
  const letters = Array.from(run);
  return letters.length < 2
    ? run
    : letters
        .slice(1)
        .map((letter, index) => letters[index] + letter)
        .join(' ');
}

export type SearchedText = {
  /** To be read by the dictionary of the language, and as it is. */
  words: string;
  /** To be read as it is: words without their accents, and each letter of runs. */
  more: string;
};

/** A sentence, to be found. */
export function searchedText(sentence: string): SearchedText {
  const text = folded(sentence);
  const letters = [...text.matchAll(RUNS)].flatMap(([run]) => Array.from(run));
  const accented = text.split(/\s+/u).filter((word) => ACCENTED.test(word.normalize('NFD')));
  return {
    words: text.replaceAll(RUNS, (run) => ` ${pairsOf(run)} `),
    more: [...accented.map(bareOf), ...new Set(letters)].join(' '),
  };
}

/** What a person typed, for `websearch_to_tsquery`: runs become phrases of their pairs, also within quotation marks. */
export function searchedQuery(query: string): { words: string; bare: string } {
  const words = folded(query)
    .split('"')
    .map((part, index) =>
      part.replaceAll(RUNS, (run) => (index % 2 === 1 ? ` ${pairsOf(run)} ` : ` "${pairsOf(run)}" `)),
    )
    .join('"')
    .replaceAll(/(^|\s)-\s+"/gu, '$1-"');
  return { words, bare: bareOf(words) };
}

/** A word of a text, and where it is: UTF-16 units from the start, `text.slice(start, end)`. */
export type PlacedWord = { word: string; start: number; end: number };

/** The words of a text, without runs. */
export const placedWords = (text: string): PlacedWord[] =>
  [...text.replaceAll(RUNS, (run) => ' '.repeat(run.length)).matchAll(WORDS)].map(({ 0: found, index }) => ({
    word: folded(found),
    start: index,
    end: index + found.length,
  }));

/** Every place in a text where one of the query's runs is. */
export function placedRuns(text: string, query: string): PlacedWord[] {
  const runs = new Set(query.match(RUNS) ?? []);
  return [...runs].flatMap((run) => {
    const found: PlacedWord[] = [];
    for (let start = text.indexOf(run); start >= 0; start = text.indexOf(run, start + run.length))
      found.push({ word: run, start, end: start + run.length });
    return found;
  });
}

/** A query without what it says must not be there: `zebra` of `zebra -"red horse"`. */
export const withoutExcluded = (query: string): string => query.replaceAll(/(^|\s)-(?:"[^"]*"?|\S+)/gu, '$1');

/** Printed words as PocketSphinx's dictionary has them. Pure. */

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const MILLION = 1_000_000;

/** What is said of a whole number. */
function numberWords(value: number): string[] {
  if (value < 20) return [SMALL[value]!];
  if (value < 100) return [TENS[Math.floor(value / 10)]!, ...(value % 10 ? numberWords(value % 10) : [])];
  for (const [unit, name] of [
    [MILLION, 'million'],
    [1_000, 'thousand'],
    [100, 'hundred'],
  ] as const)
    if (value >= unit)
      return [
        ...numberWords(Math.floor(value / unit)),
        name,
        ...(value % unit ? numberWords(value % unit) : []),
      ];
  return [];
}

/** What is written shorter than it is said. */
const SHORT: Readonly<Record<string, string>> = {
  'mr.': 'mister',
  'mrs.': 'missus',
  'dr.': 'doctor',
  'st.': 'saint',
  '&': 'and',
  '%': 'percent',
};

/** Most digits of a number that is said as one; longer ones are said digit by digit. */
const MOST_DIGITS = 9;

/** The words of the dictionary that are said for a printed one: `1,200` has three of them, `“Hello!”` one, and Greek none. */
export function spokenParts(printed: string): string[] {
  const small = printed.toLowerCase().replaceAll('’', "'");
  const short = SHORT[small.replaceAll(/[^a-z.&%]/g, '')];
  if (short !== undefined && !/\d/.test(small)) return [short];
  return small
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/(?<=\d),(?=\d{3})/g, '')
    .replaceAll('%', ' percent ')
    .split(/(\d+)|[^a-z\d']+/)
    .flatMap((part) => (part !== undefined && /^\d+$/.test(part) ? digitsSaid(part) : [trimmed(part ?? '')]))
    .filter((part) => part !== '');
}

const trimmed = (part: string): string => part.replaceAll(/^'+|'+$/g, '');

function digitsSaid(digits: string): string[] {
  if (digits.length > MOST_DIGITS) return Array.from(digits, (digit) => SMALL[Number(digit)]!);
  const value = Number(digits);
  // Years are said in two halves.
  const isYear = digits.length === 4 && value >= 1_100 && value < 2_000 && value % 100 >= 10;
  return isYear ? [...numberWords(Math.floor(value / 100)), ...numberWords(value % 100)] : numberWords(value);
}

const LETTERS: Readonly<Record<string, string>> = {
  a: 'AE',
  b: 'B',
  c: 'K',
  d: 'D',
  e: 'EH',
  f: 'F',
  g: 'G',
  h: 'HH',
  i: 'IH',
  j: 'JH',
  k: 'K',
  l: 'L',
  m: 'M',
  n: 'N',
  o: 'AA',
  p: 'P',
  q: 'K',
  r: 'R',
  s: 'S',
  t: 'T',
  u: 'AH',
  v: 'V',
  w: 'W',
  x: 'K S',
  y: 'IY',
  z: 'Z',
  ch: 'CH',
  sh: 'SH',
  th: 'TH',
  ph: 'F',
  ee: 'IY',
  oo: 'UW',
  ea: 'IY',
  ou: 'AW',
  ow: 'OW',
  ai: 'EY',
  ay: 'EY',
  ck: 'K',
  ng: 'NG',
  qu: 'K W',
};

/** How a word may sound that the dictionary lacks: a guess at a name that is good enough to find it in time. */
export function guessedSounds(word: string): string {
  const sounds: string[] = [];
  for (let at = 0; at < word.length; at += 1) {
    const two = LETTERS[word.slice(at, at + 2)];
    const sound = word[at] === word[at - 1] ? undefined : (two ?? LETTERS[word[at]!]);
    if (sound !== undefined) sounds.push(sound);
    if (two !== undefined && sound !== undefined) at += 1;
  }
  return sounds.join(' ') || 'AH';
}

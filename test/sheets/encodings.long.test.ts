import { expect, test } from 'vitest';
import { cellsOf, readAll } from './support/read.ts';
import { encode } from '../support/encode.ts';

const TEXTS = {
  de: 'Größe;Straße\nZwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich;Äpfel für 3 €\n',
  fr: 'Été;Noël\nVoix ambiguë d’un cœur qui préfère les jattes de kiwis;ça coûte déjà très cher là-bas\n',
  pl: 'Tytuł;Opis\nZażółć gęślą jaźń;Pchnąć w tę łódź jeża lub ośm skrzyń fig\n',
  ru: 'Название;Описание\nСъешь же ещё этих мягких французских булок, да выпей чаю;Маяк на скале у северного моря\n',
  ja: '題名;説明\n夕暮れの灯台で、海を見つめる女の子の物語です。;彼女は毎日ここに来て、帰りを待っています。\n',
  zh: '标题;说明\n黄昏时分，一座灯塔矗立在海边的悬崖上。;她每天都来这里等待他的归来。\n',
};

const rowsOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split(';'));

test.each(Object.entries(TEXTS))(
  'UTF-8 and UTF-16, with their marks and without: %s',
  async (_language, text) => {
    const files = [
      Buffer.from(text),
      Buffer.from(`\ufeff${text}`),
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
    ];
    for (const file of files) expect(await cellsOf(file)).toEqual(rowsOf(text));
  },
);

test.each([TEXTS.de, TEXTS.fr, TEXTS.pl])(
  'UTF-16 without a mark, where every other byte is zero: %j',
  async (text) => {
    expect(await cellsOf(Buffer.from(text, 'utf16le'))).toEqual(rowsOf(text));
    expect(await cellsOf(Buffer.from(text, 'utf16le').swap16())).toEqual(rowsOf(text));
  },
);

test.each([TEXTS.ru, TEXTS.ja, TEXTS.zh])(
  'UTF-16 without a mark, and without zeros, is refused rather than guessed: %j',
  async (text) => {
    const { refused } = await readAll(Buffer.from(text, 'utf16le'));
    expect(refused?.code).toMatch(/ENCODING_UNKNOWN|NOT_A_SHEET/);
  },
);

test.each([
  ['windows-1252', TEXTS.de],
  ['windows-1252', TEXTS.fr],
  ['windows-1252', 'Stadt;Land\nKöln;x\n'],
  ['windows-1252', 'título;año\nEl niño;2024\n'],
  ['windows-1252', 'título;descrição\nmaçã;não\n'],
  ['windows-1252', 'città;perché\nè così;più\n'],
  ['windows-1252', 'Smørrebrød;på øen\nÆble;grød\n'],
  ['windows-1252', 'text;price\nIt’s “quoted” – really;10 €\n'],
  ['windows-1250', TEXTS.pl],
  ['windows-1250', 'název;popis\nPříliš žluťoučký kůň úpěl;ďábelské ódy\n'],
  ['windows-1250', 'cím;leírás\nÁrvíztűrő tükörfúrógép;őszi erdő\n'],
  ['windows-1251', TEXTS.ru],
  ['windows-1251', 'Маяк;Море\nОдин;Два\n'],
  ['windows-1253', 'Τίτλος;Περιγραφή\nΟ φάρος;Η θάλασσα το βράδυ\n'],
  ['windows-1254', 'Başlık;Açıklama\nDeniz feneri;İstanbul’da güneş doğuyor\n'],
  ['windows-1255', 'כותרת;תיאור\nמגדלור על החוף;הים בערב\n'],
  ['shift_jis', TEXTS.ja],
  ['euc-jp', TEXTS.ja],
  ['gb18030', TEXTS.zh],
  ['euc-kr', '제목;설명\n등대가 바다를 비춘다;그녀는 매일 이곳에 온다\n'],
] as const)('%s is found by itself in %j', async (label, text) => {
  expect(await cellsOf(encode(text, label))).toEqual(rowsOf(text));
  expect(await cellsOf(encode(text, label), { encoding: label })).toEqual(rowsOf(text));
});

test.each([
  ['Noël;x\n1;2\n', 'windows-1252'],
  ['灯台;海\n1;2\n', 'shift_jis'],
] as const)('%j is too little to tell: it is refused by name, never guessed', async (text, label) => {
  const problem = { code: 'ENCODING_UNKNOWN', reason: expect.stringContaining(label) };
  expect((await readAll(encode(text, label))).refused).toMatchObject(problem);
});

test('Windows-1252 that looks like English for a megabyte', async () => {
  const text = `a;b\n${'plain;text and more of it\n'.repeat(40_000)}${TEXTS.de}`;
  expect(await cellsOf(encode(text, 'windows-1252'))).toEqual(rowsOf(text));
});

test('an encoding that is none is refused by name', async () => {
  const problem = { code: 'ENCODING_UNKNOWN', reason: expect.stringContaining('klingon') };
  expect((await readAll('a\n1', { encoding: 'klingon' })).refused).toMatchObject(problem);
});

test('characters may be cut anywhere in what is read at a time', async () => {
  for (const shift of [0, 1, 2, 3]) {
    const text = `a\n${'x'.repeat(shift)}${'😀€'.repeat(30_000)}\n`;
    expect(await cellsOf(text)).toEqual(rowsOf(text));
  }
});

import { expect, test } from 'vitest';
import { encode } from '../support/encode.ts';
import { read, refusalOf } from './support/read.ts';

const TEXTS = {
  de: 'Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich.',
  fr: 'Voix ambiguë d’un cœur qui préfère les jattes de kiwis, déjà vu au café.',
  pl: 'Zażółć gęślą jaźń. Pchnąć w tę łódź jeża lub ośm skrzyń fig.',
  ru: 'Съешь же ещё этих мягких французских булок, да выпей чаю.',
  el: 'Ο φάρος και η θάλασσα το βράδυ, όταν φυσάει ο άνεμος.',
  tr: 'İstanbul’da güneş doğuyor ve çocuklar şarkı söylüyor.',
  he: 'מגדלור על החוף והים בערב, כשהרוח נושבת.',
  ar: 'ذهب الولد إلى المدرسة ثم خرج إلى البحر.',
  ja: '夕暮れの灯台で、海を見つめる女の子の物語です。',
  zh: '黄昏时分，一座灯塔矗立在海边的悬崖上。',
  ko: '등대가 바다를 비춘다. 그녀는 매일 이곳에 온다.',
};

const srt = (text: string) => `1\n00:00:01,000 --> 00:00:02,000\n${text}\n`;
const textOf = async (...args: Parameters<typeof read>) => {
  const { cues, encoding } = await read(...args);
  return [encoding, cues.map(({ text }) => text).join('\n')];
};

test.each(Object.entries(TEXTS))('%s in UTF-8 and UTF-16', async (_language, text) => {
  const [plain, marked] = [srt(text), `\ufeff${srt(text)}`];
  expect(await textOf(plain)).toEqual(['utf-8', text]);
  expect(await textOf(marked)).toEqual(['utf-8', text]);
  expect(await textOf(Buffer.from(marked, 'utf16le'))).toEqual(['utf-16le', text]);
  expect(await textOf(Buffer.from(marked, 'utf16le').swap16())).toEqual(['utf-16be', text]);
  expect(await textOf(Buffer.from(plain, 'utf16le'))).toEqual(['utf-16le', text]);
});

test.each([
  ['windows-1252', 'de'],
  ['windows-1252', 'fr'],
  ['windows-1250', 'pl'],
  ['windows-1251', 'ru'],
  ['koi8-r', 'ru'],
  ['windows-1253', 'el'],
  ['windows-1254', 'tr'],
  ['windows-1255', 'he'],
  ['windows-1256', 'ar'],
  ['shift_jis', 'ja'],
  ['euc-jp', 'ja'],
  ['gb18030', 'zh'],
  ['euc-kr', 'ko'],
] as const)('%s, where the language is known: %s', async (label, language) => {
  const text = TEXTS[language];
  const expected = [label, text];
  const bytes = encode(srt(text), label);
  expect(await textOf(bytes, { language })).toEqual(expected);
  expect(await textOf(bytes, { fileName: `film.${language}.srt` })).toEqual(expected);
  expect(await textOf(bytes, { encoding: label })).toEqual(expected);
});

test('a single accent is enough where the language is known, and is refused by name where it is not', async () => {
  const bytes = encode(srt('灯台'), 'shift_jis');
  expect(await textOf(bytes, { language: 'ja' })).toEqual(['shift_jis', '灯台']);
  expect(await refusalOf(bytes)).toMatchObject({
    code: 'ENCODING_UNKNOWN',
    reason: expect.stringContaining('shift_jis'),
  });
});

test('UTF-8 with a broken character is UTF-8, and the damage is told with its line', async () => {
  const good = Buffer.from(srt(TEXTS.ru));
  const { cues, warnings } = await read(Buffer.concat([good, Buffer.from([0x0a, 0xff, 0x0a])]));
  expect(cues[0]?.text).toContain(TEXTS.ru);
  expect(warnings).toMatchObject([{ code: 'CHARACTER_DAMAGED', line: 5 }]);
});

test('an encoding that is none is refused by name', async () => {
  expect(await refusalOf(srt('x'), { encoding: 'klingon' })).toMatchObject({
    code: 'ENCODING_UNKNOWN',
    reason: expect.stringContaining('klingon'),
  });
});

import { expect, test } from 'vitest';
import { cellsOf, readAll } from './support/read.ts';

test('the columns are the keys of all objects; what a row has not is empty', async () => {
  const lines = [
    '{"title":"a","seconds":8}',
    '{"title":null,"tags":["x",{"y":1.10}],"ok":true}',
    '{"seconds":0.10}',
  ];
  expect(await cellsOf(lines.join('\r\n'))).toEqual([
    ['title', 'seconds', 'tags', 'ok'],
    ['a', '8', '', ''],
    ['', '', '["x",{"y":1.10}]', 'true'],
    ['', '0.10', '', ''],
  ]);
});

test('numbers keep all their figures', async () => {
  expect(await cellsOf('{"id":12345678901234567890}\n{"id":1e400}')).toEqual([
    ['id'],
    ['12345678901234567890'],
    ['1e400'],
  ]);
});

test('each bad line is named, and the good ones are read', async () => {
  const bad = [
    '{"a":1',
    '[1]',
    '7',
    `{"a":"${'x'.repeat(2_000_000)}"}`,
    `{"a":${'['.repeat(500)}${']'.repeat(500)}}`,
  ];
  const lines = [
    '{"a":"first"}',
    '',
    ...bad,
    '{"a":"\\ud800"}',
    `{"a":"${'y'.repeat(300_000)}"}`,
    '{"a":"last"}',
  ];
  const { head, rows } = await readAll(lines.join('\n'));
  expect(head!.columns).toEqual(['a']);
  expect(
    rows.map(({ rowNumber, problems: [problem] }) => [rowNumber, problem?.code, problem?.column]),
  ).toEqual([
    [1, undefined, undefined],
    [3, 'NOT_JSON', null],
    [4, 'NOT_AN_OBJECT', null],
    [5, 'NOT_AN_OBJECT', null],
    [6, 'ROW_TOO_LARGE', null],
    [7, 'NOT_JSON', null],
    [8, 'CHARACTER_DAMAGED', 1],
    [9, 'CELL_TOO_LARGE', 1],
    [10, undefined, undefined],
  ]);
});

test('keys that objects inherit are keys like others', async () => {
  expect(await cellsOf('{"__proto__":"a","constructor":"b"}')).toEqual([
    ['__proto__', 'constructor'],
    ['a', 'b'],
  ]);
});

test.each([
  ['keys that are alike', '{"Title":1}\n{"title":2}', { code: 'HEADER_TWICE', row: 2 }],
  ['nothing but empty objects', '{}\n{}', { code: 'ROWS_MISSING' }],
  [
    'too many keys',
    `{"a":1}\n{${Array.from({ length: 5_000 }, (_, n) => `"k${n}":1`).join(',')}}`,
    { code: 'TOO_MANY_COLUMNS', row: 2 },
  ],
])('%s are refused', async (_name, text, problem) => {
  expect((await readAll(text)).refused).toMatchObject(problem);
});

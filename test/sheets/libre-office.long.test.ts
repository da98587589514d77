/** What LibreOffice makes of a sheet in three countries is the same sheet. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { CellValue } from '../../src/sheets/cell-value.ts';
import { writeXlsx } from '../../src/sheets/xlsx/write-xlsx.ts';
import { findLibreOffice } from '../support/needs.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { bytesOf, cellsOf } from './support/read.ts';

const soffice = findLibreOffice();
const COUNTRIES = ['en-US', 'de-DE', 'fr-FR'];

/** With the delimiter, the quote, the encoding and the first line after it. */
const CSV = 'csv:Text - txt - csv (StarCalc):';

const COLUMNS = ['Titel', 'Text', 'Number', 'At', 'Formula'];
/** What no country writes in its own way: a fraction would have its comma in a CSV. */
const ROWS: CellValue[][] = [
  ['Größe', 'two\nlines, "quoted"; and more', 8, new Date('2026-03-05T18:00:00Z'), '=1+1'],
  ['灯台', ' blanks ', -12, new Date('1999-12-31T23:59:59Z'), '-2+3'],
];

/** A folder of settings with the country in it. */
function profileOf(country: string): string {
  const folder = path.join(temporaryFolder('office'), country);
  mkdirSync(path.join(folder, 'user'), { recursive: true });
  const item = (name: string) =>
    `<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="${name}" oor:op="fuse"><value>${country}</value></prop></item>`;
  const settings = `<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">${item('ooSetupSystemLocale')}</oor:items>`;
  writeFileSync(path.join(folder, 'user/registrymodifications.xcu'), settings);
  return folder;
}

async function convert(file: string, to: string, country: string): Promise<Buffer> {
  const outdir = temporaryFolder('converted');
  const args = [
    `-env:UserInstallation=file://${profileOf(country)}`,
    '--headless',
    '--convert-to',
    to,
    '--outdir',
    outdir,
    file,
  ];
  await promisify(execFile)(soffice!, args);
  return readFileSync(path.join(outdir, `sheet.${to.split(':', 1)[0]}`));
}

async function sheetOf(columns: string[], rows: CellValue[][]): Promise<string> {
  const file = path.join(temporaryFolder('office'), 'sheet.xlsx');
  writeFileSync(file, await bytesOf(writeXlsx(columns, rows)));
  return file;
}

test.skipIf(soffice === null)('each country writes as it does: a fraction tells', async () => {
  const file = await sheetOf(['Name', 'Number'], [['one and a half', 1.5]]);
  const shown = [];
  for (const country of COUNTRIES) {
    const [, row] = await cellsOf(await convert(file, `${CSV}59,34,76,1`, country), { delimiter: ';' });
    shown.push(row?.[1]);
  }
  expect(shown).toEqual(['1.5', '1,5', '1,5']);
});

test.skipIf(soffice === null).each(COUNTRIES)('as XLSX and as CSV, in %s', async (country) => {
  const file = await sheetOf(COLUMNS, ROWS);
  const expected = await cellsOf(readFileSync(file));
  expect(await cellsOf(await convert(file, 'xlsx:Calc MS Excel 2007 XML', country))).toEqual(expected);
  // Comma, semicolon and tab, in UTF-8.
  for (const filter of ['44,34,76,1', '59,34,76,1', '9,34,76,1'])
    expect(await cellsOf(await convert(file, `${CSV}${filter}`, country))).toEqual(expected);
});

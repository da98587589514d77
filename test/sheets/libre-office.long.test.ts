/** What LibreOffice makes of a sheet in three countries is the same sheet. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { writeXlsx } from '../../src/sheets/xlsx/write-xlsx.ts';
import { findLibreOffice } from '../support/needs.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { bytesOf, cellsOf } from './support/read.ts';

const soffice = findLibreOffice();
const COUNTRIES = ['en-US', 'de-DE', 'fr-FR'];

const COLUMNS = ['Titel', 'Text', 'Number', 'At', 'Formula'];
/** What no country writes in its own way: a fraction would have its comma in a CSV. */
const ROWS = [
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

test.skipIf(soffice === null)('as XLSX and as CSV, in English, German and French', async () => {
  const file = path.join(temporaryFolder('office'), 'sheet.xlsx');
  writeFileSync(file, await bytesOf(writeXlsx(COLUMNS, ROWS)));
  const expected = await cellsOf(readFileSync(file));
  for (const country of COUNTRIES) {
    expect(await cellsOf(await convert(file, 'xlsx:Calc MS Excel 2007 XML', country))).toEqual(expected);
    // Comma, semicolon and tab, in UTF-8.
    for (const filter of ['44,34,76,1', '59,34,76,1', '9,34,76,1'])
      expect(
        await cellsOf(await convert(file, `csv:Text - txt - csv (StarCalc):${filter}`, country)),
      ).toEqual(expected);
  }
});

import { ZipFile } from 'yazl';
import { bytesOf } from './read.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export type Parts = Record<string, string | Buffer>;

/** What a workbook of one sheet has, as programs other than ours write it. */
export function partsOf({
  rows,
  texts = '',
  formats = [],
  workbook = '',
  sheets = '<sheet name="One" sheetId="1" r:id="rId1"/>',
}: {
  /** XML within `sheetData`. */
  rows: string;
  /** XML within `sst`. */
  texts?: string;
  /** Format of each style; the styles are numbered from 1. */
  formats?: string[];
  /** XML before `sheets`. */
  workbook?: string;
  sheets?: string;
}): Parts {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const numFmts = formats.map(
    (code, index) => `<numFmt numFmtId="${200 + index}" formatCode="${xml(code)}"/>`,
  );
  const xfs = formats.map((_, index) => `<xf numFmtId="${200 + index}"/>`);
  return {
    '[Content_Types].xml': `<Types><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/></Types>`,
    '_rels/.rels': relations(relation('rId1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}">${workbook}<sheets>${sheets}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      relation('rId1', 'worksheet', 'worksheets/sheet1.xml'),
      relation('rId2', 'worksheet', '/xl/worksheets/sheet2.xml'),
      relation('rId3', 'styles', 'styles.xml'),
      relation('rId4', 'sharedStrings', 'sharedStrings.xml'),
    ),
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts>${numFmts.join('')}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${xfs.join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${texts}</sst>`,
  };
}

/** An archive of these parts, in this order. */
export function zipOf(parts: Parts): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return bytesOf(zip.outputStream as AsyncIterable<Uint8Array>);
}

const relation = (id: string, kind: string, target: string) =>
  `<Relationship Id="${id}" Type="${RELATIONS}/${kind}" Target="${target}"/>`;
const relations = (...all: string[]) => `<Relationships>${all.join('')}</Relationships>`;

/** A row of inline texts. */
export const textRow = (number: number, ...cells: string[]): string =>
  `<row r="${number}">${cells.map((cell) => `<c t="inlineStr"><is><t>${xml(cell)}</t></is></c>`).join('')}</row>`;

export const xml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

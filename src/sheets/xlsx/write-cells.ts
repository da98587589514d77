import { type CellValue, type Link, safeUrl, textOf } from '../cell-value.ts';
import { LIMITS } from '../limits.ts';
import { lettersOf } from '../table-header.ts';
import { escaped } from './escapes.ts';
import { MAIN, STYLES, XML } from './workbook-parts.ts';

/** UTF-16 units that a cell of a spreadsheet holds. */
const CELL_UNITS = 32_767;
/** UTF-16 units of a text in a formula. */
const FORMULA_TEXT_UNITS = 255;
/** Width of a column, in figures of its font. */
const COLUMN_WIDTH = 20;
const MS_PER_DAY = 86_400_000;
/** Days from the beginning of a spreadsheet's dates to that of ours. */
const DAYS_TO_1970 = 25_569;

/** XML of a sheet, in pieces. @throws {RangeError} at more rows than a sheet has. */
export async function* sheetXml(
  columns: readonly string[],
  rows: AsyncIterable<readonly CellValue[]> | Iterable<readonly CellValue[]>,
): AsyncGenerator<string> {
  const letters = columns.map((_, index) => lettersOf(index));
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">`;
  yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
  yield `<cols><col min="1" max="${columns.length}" width="${COLUMN_WIDTH}" customWidth="1"/></cols><sheetData>`;
  yield `<row r="1">${columns.map((name, index) => textCell(`${letters[index]}1`, name, STYLES.header)).join('')}</row>`;
  let number = 1;
  for await (const row of rows) {
    number += 1;
    if (number > LIMITS.rowNumber) throw new RangeError(`A sheet has no more than ${LIMITS.rowNumber} rows.`);
    yield `<row r="${number}">${row.map((value, index) => cellOf(`${letters[index]}${number}`, value)).join('')}</row>`;
  }
  yield '</sheetData></worksheet>';
}

function cellOf(at: string, value: CellValue): string {
  const text = textOf(value);
  if (text === '') return '';
  if (typeof value === 'number') return `<c r="${at}"><v>${text}</v></c>`;
  if (typeof value === 'boolean') return `<c r="${at}" t="b"><v>${Number(value)}</v></c>`;
  if (value instanceof Date)
    return `<c r="${at}" s="${STYLES.time}"><v>${value.getTime() / MS_PER_DAY + DAYS_TO_1970}</v></c>`;
  return typeof value === 'object' && value !== null ? linkCell(at, value) : textCell(at, text, STYLES.plain);
}

const textCell = (at: string, text: string, style: number): string =>
  `<c r="${at}" t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(text.slice(0, CELL_UNITS))}</t></is></c>`;

/** A formula: of real links, a sheet may have only 65,530. An address that is too long for one stays text. */
function linkCell(at: string, link: Link): string {
  const url = safeUrl(link);
  if (url === null || url.length > FORMULA_TEXT_UNITS) return textCell(at, url ?? link.text, STYLES.plain);
  const text = link.text.slice(0, FORMULA_TEXT_UNITS).toWellFormed();
  const formula = `HYPERLINK("${url.replaceAll('"', '%22')}","${text.replaceAll('"', '""')}")`;
  return `<c r="${at}" t="str" s="${STYLES.link}"><f>${escaped(formula)}</f><v>${escaped(text)}</v></c>`;
}

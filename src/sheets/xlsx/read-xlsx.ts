import { refused } from '../problem.ts';
import type { ReadSheetOptions, SheetPart } from '../sheet.ts';
import { toTable } from '../table.ts';
import { Archive, ARCHIVE_LIMITS } from './archive.ts';
import { readSharedTexts } from './shared-texts.ts';
import { readSheetRows } from './sheet-rows.ts';
import { NumberDisplay } from './shown-number.ts';
import { readFormats } from './styles.ts';
import { readWorkbook, type WorkbookSheet } from './workbook.ts';

/**
 * Reads a sheet of a workbook, each cell as it is shown there.
 *
 * @throws {SheetRefused} SHEET_NOT_FOUND, FILE_HAS_MACROS, FILE_ENCRYPTED, FILE_DAMAGED, FORMAT_UNSUPPORTED, NOT_A_SHEET,
 * CONTENT_TOO_LARGE, and as `toTable`.
 */
export async function* readXlsx(
  file: string,
  { sheet: wanted }: ReadSheetOptions,
): AsyncGenerator<SheetPart> {
  using archive = await Archive.open(file);
  const workbook = await readWorkbook(archive);
  const sheet = pick(workbook.sheets, wanted);
  const formats = await readFormats(archive, workbook.styles);
  const texts = await readSharedTexts(archive, workbook.texts);
  const xml = archive.text(sheet.part, ARCHIVE_LIMITS.sheetBytes);
  const rows = readSheetRows(xml, { formats, texts, numbers: new NumberDisplay(workbook) });
  const sheets = workbook.sheets.map(({ name, isHidden }) => ({ name, isHidden }));
  yield* toTable(rows, {
    about: { format: 'XLSX', encoding: null, delimiter: null, sheet: sheet.name, sheets },
    endsEarly: true,
    isDamaged: false,
  });
}

function pick(sheets: readonly WorkbookSheet[], wanted: string | undefined): WorkbookSheet {
  const found =
    wanted === undefined
      ? sheets.find(({ isHidden }) => !isHidden)
      : sheets.find(({ name }) => name === wanted);
  if (found) return found;
  const names = sheets.map(({ name }) => `"${name}"`).join(', ');
  if (wanted === undefined) throw refused('SHEET_NOT_FOUND', 'The workbook has no sheet that is shown.');
  throw refused('SHEET_NOT_FOUND', `The workbook has no such sheet; it has ${names}.`, { value: wanted });
}

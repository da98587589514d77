/** What is wrong with a sheet, or with how it was to be read, by the fields of what was asked. */
import { InvalidInputError } from '../../../core/errors.ts';
import type { ReadSheetOptions, SheetFormat } from '../../../sheets/sheet.ts';

import type { SheetRefused } from '../../../sheets/problem.ts';
import type { JobRequest } from './job-request.ts';

type Option = keyof ReadSheetOptions;

/** What each way of reading is for, and why not for others. */
const FITS: Record<Option, { formats: readonly SheetFormat[]; otherwise: string }> = {
  sheet: { formats: ['XLSX'], otherwise: 'Only a workbook has sheets' },
  delimiter: { formats: ['CSV'], otherwise: 'Only in CSV does a delimiter part cells' },
  encoding: { formats: ['CSV', 'JSON_LINES'], otherwise: 'A workbook says its encoding itself' },
};

const NAMES: Record<SheetFormat, string> = { CSV: 'CSV', XLSX: 'a workbook', JSON_LINES: 'JSON Lines' };

/**
 * Refuses a way of reading that says nothing about a file of this format: whoever gave it takes the file for another.
 *
 * @throws {InvalidInputError} naming each.
 */
export function refuseUnfitOptions(format: SheetFormat, given: ReadSheetOptions): void {
  const unfit = (Object.keys(FITS) as Option[]).filter(
    (option) => given[option] !== undefined && !FITS[option].formats.includes(format),
  );
  const [first, ...rest] = unfit.map((option) => ({
    path: [option],
    message: `${FITS[option].otherwise}, and this is ${NAMES[format]}; leave it out.`,
  }));
  if (first) throw new InvalidInputError([first, ...rest]);
}

/**
 * Of a sheet that is none: where it is wrong is in the path, a file's row as the spreadsheet shows it, and one of `rows` as
 * in the list. What is wrong with how it was to be read has a field of its own.
 */
export function sheetRefusal({ problem }: SheetRefused, { source, encoding }: JobRequest): InvalidInputError {
  const { code, row, column, value, reason } = problem;
  const told = value === null ? reason : `${reason} There stands "${value}".`;
  if (code === 'SHEET_NOT_FOUND') return new InvalidInputError([{ path: ['sheet'], message: told }]);
  const field = code === 'ENCODING_UNKNOWN' && encoding !== undefined ? 'encoding' : 'file';
  const place = source.isInline ? ['rows', row === null ? null : row - 1] : [field, row, column];
  const path = place.flatMap((part) => (part === null ? [] : [String(part)]));
  return new InvalidInputError([{ path, message: told }]);
}

import { type Archive, ARCHIVE_LIMITS } from './archive.ts';
import { readAllXml } from './xml.ts';

/** Formats that every workbook has (ECMA-376, 18.8.30). Those of dates look as the viewer's country writes them: here as ISO 8601 does. */
const BUILT_IN: Record<number, string> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'yyyy-mm-dd',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'yyyy-mm-dd h:mm',
  37: '#,##0 ;(#,##0)',
  38: '#,##0 ;[Red](#,##0)',
  39: '#,##0.00;(#,##0.00)',
  40: '#,##0.00;[Red](#,##0.00)',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mmss.0',
  48: '##0.0E+0',
  49: '@',
};

/** Dates and times of East Asian viewers. */
const isEastAsianDate = (id: number): boolean => (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

export const GENERAL = 'General';

/** Format of the numbers of each style; a cell names its style by its index. */
export async function readFormats(archive: Archive, part: string | null): Promise<string[]> {
  const own = new Map<number, string>();
  const ids: number[] = [];
  let isInside = false;
  if (part === null) return [];
  await readAllXml(archive.text(part, ARCHIVE_LIMITS.partBytes), {
    open(name, { numFmtId, formatCode }) {
      if (name === 'numFmt') own.set(Number(numFmtId), formatCode ?? GENERAL);
      if (name === 'cellXfs') isInside = true;
      if (name === 'xf' && isInside) ids.push(Number(numFmtId ?? 0));
    },
    close(name) {
      if (name === 'cellXfs') isInside = false;
    },
  });
  return ids.map((id) => own.get(id) ?? BUILT_IN[id] ?? (isEastAsianDate(id) ? 'yyyy-mm-dd' : GENERAL));
}

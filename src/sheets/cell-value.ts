/** What a cell that is written has in it; null for nothing. A link is shown by its text. */
export type CellValue = string | number | boolean | Date | Link | null;

/** Only web addresses become links; of any other, the text stays. */
export type Link = { url: string; text: string };

/** The address of a link that a spreadsheet may open, percent-encoded; null for any other. */
export function safeUrl({ url }: Link): string | null {
  const parsed = URL.parse(url);
  return parsed && ['http:', 'https:'].includes(parsed.protocol) ? parsed.href : null;
}

/** A value in a format of text: a time as ISO 8601 in UTC, a link by its address. What is no number and no time is nothing. */
export function textOf(value: CellValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  return typeof value === 'object' ? (safeUrl(value) ?? value.text) : String(value);
}

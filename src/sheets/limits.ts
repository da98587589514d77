/** How much of a file is read. Ours, unless a reason is given: far beyond what a person puts into a spreadsheet. */
export const LIMITS = {
  /** Bytes of a file. */
  fileBytes: 50_000_000,
  /** Rows with something in them, the header not counted. */
  rows: 100_000,
  /** Rows in all; a spreadsheet has no more. */
  rowNumber: 1_048_576,
  columns: 4_096,
  /** Problems that are told of a row. */
  rowProblems: 100,
  /** UTF-16 units of a cell. */
  cellUnits: 256 * 1_024,
  /** Bytes of a row of text as UTF-8, or UTF-16 units of a line of JSON. */
  rowBytes: 2 ** 20,
  /** UTF-16 units of all cells together: a workbook keeps a text once and may show it in each cell. */
  contentUnits: 2 ** 28,
} as const;

import type { SheetProblem } from './problem.ts';

/** What a file turned out to be. TSV is CSV whose delimiter is a tab. */
export type SheetFormat = 'CSV' | 'XLSX' | 'JSON_LINES';

/** What may part cells. */
export type Delimiter = ',' | ';' | '\t' | '|';

export type SheetHead = {
  format: SheetFormat;
  /** Names of the columns, each once, from the first row with something in it; in JSON Lines the keys of all objects. */
  columns: string[];
  /** Label of the WHATWG Encoding Standard; null for a workbook. */
  encoding: string | null;
  /** Null where there is none. */
  delimiter: Delimiter | null;
  /** Name of the sheet that is read; null where there is none. */
  sheet: string | null;
  /** All sheets of the workbook in their order. */
  sheets: { name: string; isHidden: boolean }[];
};

export type SheetRow = {
  /** As a spreadsheet shows it, from 1: blank rows are counted though not given. Of JSON Lines: the line. */
  rowNumber: number;
  /** One for each column, as shown. Of a damaged row: what could be read. */
  cells: string[];
  /** All that is wrong with it; none for a good one. */
  problems: SheetProblem[];
};

export type ReadSheetOptions = {
  /** Name of the sheet of a workbook; else the first that is not hidden. */
  sheet?: string | undefined;
  /** Else found by itself. */
  delimiter?: Delimiter | undefined;
  /** Label of the WHATWG Encoding Standard; else found by itself. */
  encoding?: string | undefined;
};

/** What reading gives, in order: one head, then rows. */
export type SheetPart = { head: SheetHead } | { rows: SheetRow[] };

/** Rows as their format has them, before any is taken for the header. */
export type RawRow = SheetRow & {
  /** A person wrote it, though nothing is in it: it is no blank one. */
  isWritten?: boolean;
};

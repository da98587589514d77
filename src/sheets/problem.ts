import { cleanText } from '../core/outside-text.ts';

/** What is wrong with a file of rows, or with one of its rows. */
export type SheetProblemCode = FileProblemCode | RowProblemCode;

/** Nothing more is read: these are thrown, as {@link SheetRefused}. */
export type FileProblemCode =
  | 'FILE_EMPTY'
  | 'FILE_TOO_LARGE'
  /** Unpacked, or as text in all, it is more than is read. */
  | 'CONTENT_TOO_LARGE'
  /** No text and no workbook: a picture, a program, an archive. */
  | 'NOT_A_SHEET'
  /** A spreadsheet of a kind that is not read; the reason names it. */
  | 'FORMAT_UNSUPPORTED'
  | 'FILE_ENCRYPTED'
  | 'FILE_HAS_MACROS'
  | 'FILE_DAMAGED'
  | 'ENCODING_UNKNOWN'
  | 'SHEET_NOT_FOUND'
  | 'HEADER_TWICE'
  /** There is a header and nothing below it. */
  | 'ROWS_MISSING'
  | 'TOO_MANY_ROWS'
  | 'TOO_MANY_COLUMNS'
  /** The process that reads used more memory or time than it may. */
  | 'READING_TOO_COSTLY';

/** The row is damaged; those around it are read. In a header, or where the rest cannot be told apart, it is thrown too. */
export type RowProblemCode =
  | 'TOO_FEW_CELLS'
  | 'TOO_MANY_CELLS'
  /** The row names where it was opened. */
  | 'QUOTE_NOT_CLOSED'
  | 'QUOTE_MISPLACED'
  | 'CELL_TOO_LARGE'
  | 'ROW_TOO_LARGE'
  /** A character was lost before: what stands there is U+FFFD, or what no database can hold. */
  | 'CHARACTER_DAMAGED'
  /** A formula whose result is an error, `#REF!`. */
  | 'CELL_IS_ERROR'
  /** A formula that nobody has calculated: the file keeps no result of it. */
  | 'FORMULA_WITHOUT_VALUE'
  | 'NOT_JSON'
  | 'NOT_AN_OBJECT';

export type SheetProblem = {
  code: SheetProblemCode;
  /** As a spreadsheet shows it, from 1; null where it is the file's. */
  row: number | null;
  /** From 1; null where it is of no single cell. */
  column: number | null;
  /** What stands there, at most {@link LONGEST_VALUE} characters; null where there is nothing to show. */
  value: string | null;
  /** A sentence for a person. */
  reason: string;
};

/** Characters of a value that a problem shows. */
export const LONGEST_VALUE = 100;

/** Nothing more of the file is read. */
export class SheetRefused extends Error {
  readonly problem: SheetProblem;

  constructor(problem: SheetProblem) {
    super(problem.reason);
    this.problem = problem;
  }
}

type Place = { row?: number; column?: number; value?: string };

/** A problem at a place, its value cut between characters. */
export const problemAt = (
  code: SheetProblemCode,
  reason: string,
  { row, column, value }: Place = {},
): SheetProblem => ({
  code,
  row: row ?? null,
  column: column ?? null,
  value: value === undefined ? null : cleanText(value, LONGEST_VALUE),
  reason,
});

/** What refuses the file; see {@link SheetRefused}. */
export const refused = (code: SheetProblemCode, reason: string, place?: Place): SheetRefused =>
  new SheetRefused(problemAt(code, reason, place));

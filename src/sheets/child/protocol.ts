import type { SheetProblem } from '../problem.ts';
import type { ReadSheetOptions, SheetPart } from '../sheet.ts';

export type ReadSheetJob = { file: string; options: ReadSheetOptions };

/** A line of JSON that the child writes: parts, then one of the other two. */
export type SheetLine = SheetPart | { refused: SheetProblem } | { end: true };

/** UTF-16 units of cells that a line has, unless one row has more: no large object of whoever reads it. */
export const LINE_UNITS = 32 * 1_024;

/** Bytes. A row has at most a mebibyte of text, of which JSON makes at most six. */
export const LONGEST_LINE_BYTES = 16 * 2 ** 20;

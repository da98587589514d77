/** A row of the sheet as what it asks for. Pure. */
import { createHash } from 'node:crypto';
import { cleanText, messageOf } from '../../../core/outside-text.ts';
import type { SheetRow } from '../../../sheets/sheet.ts';
import { LONGEST_VALUE } from '../../../sheets/problem.ts';
import type { KindRules, RowInput } from '../kinds/kind.ts';
import type { Filled } from './mapping.ts';

/** Something that is wrong with a row. */
export type RowProblem = {
  /** Column it stands in, or the template; null where it is of no single one. */
  column: string | null;
  /** Input it is for; null where it is of none. */
  input: string | null;
  /** What stands there, at most 100 characters; null where there is nothing to show. */
  value: string | null;
  /** Says what it must be. */
  reason: string;
};

export type RowRead = {
  rowNumber: number;
  cells: string[];
  input: RowInput;
  /** Rows that ask for the same have the same. */
  checksum: string;
  problems: RowProblem[];
};

/** What rows are read by. */
export type RowReading = {
  rules: KindRules;
  columns: readonly string[];
  filled: readonly Filled[];
  defaults: RowInput;
};

/** Reads a row: every problem it has at once. */
export function readRow({ rules, columns, filled, defaults }: RowReading, row: SheetRow): RowRead {
  const problems: RowProblem[] = row.problems.map(({ column, value, reason }) => ({
    column: column === null ? null : (columns[column - 1] ?? `column ${column}`),
    input: null,
    value,
    reason,
  }));
  const damaged = new Set(problems.map(({ column }) => column));
  const isAllDamaged = damaged.has(null) && row.cells.every((cell) => cell.trim() === '');
  const input: RowInput = { ...defaults };
  const refuse = (name: string, cells: readonly string[], reason: string) => {
    const source = filled.find((one) => one.input.name === name);
    const value = source ? cleanText(source.textOf(cells), LONGEST_VALUE) : null;
    problems.push({ column: source?.from ?? null, input: name, value, reason });
  };
  const unread: string[] = [];
  for (const { input: one, textOf } of filled) {
    const text = textOf(row.cells);
    if (text.trim() === '') continue;
    try {
      input[one.name] = one.read(text) as RowInput[string];
    } catch (error) {
      unread.push(one.name);
      refuse(one.name, row.cells, messageOf(error));
    }
  }
  // What is damaged is told of already: nobody knows whether it was empty.
  const isUnread = (name: string) =>
    unread.includes(name) ||
    (input[name] === undefined &&
      filled.some((one) => one.input.name === name && (isAllDamaged || damaged.has(one.from))));
  for (const { path, message } of rules.issuesOf(input)) {
    const [name = ''] = path;
    if (!isUnread(name)) refuse(name, row.cells, message);
  }
  return { rowNumber: row.rowNumber, cells: row.cells, input, checksum: checksumOf(rules, input), problems };
}

/** The same for the same, whatever the order of the columns. */
export function checksumOf({ kind, inputs }: Pick<KindRules, 'kind' | 'inputs'>, input: RowInput): string {
  const isAside = (name: string) => inputs.some((one) => one.isAside && one.name === name);
  const asked = Object.entries(input).filter(([name]) => !isAside(name));
  const sorted = asked.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([kind, sorted]))
    .digest('hex');
}

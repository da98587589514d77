/** Which input of a row is filled from what of the sheet. */
import { InvalidInputError, type InputIssue } from '../../../core/errors.ts';
import type { JobInput, KindRules } from '../kinds/kind.ts';
import { columnsOf, filledIn, isTemplate, templateIssue } from './template.ts';

/** An input's name to a column's, or to a template. */
export type Mapping = Readonly<Record<string, string>>;

/** An input, and where its text comes from. */
export type Filled = {
  input: JobInput;
  /** The column, or the template, for people. */
  from: string;
  textOf: (cells: readonly string[]) => string;
};

/** `Clip Duration`, `clip_duration` and `clipDuration` are the same. */
const folded = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '');

/** What columns look as if they were meant for: each input its own name first, then the others. */
export function suggestMapping({ inputs }: KindRules, columns: readonly string[]): Record<string, string> {
  const free = new Map(columns.map((column) => [folded(column), column]));
  const take = (names: readonly string[]) => {
    const name = names.map(folded).find((known) => free.has(known));
    const column = name === undefined ? undefined : free.get(name);
    if (name !== undefined) free.delete(name);
    return column;
  };
  const own = inputs.map(({ name }) => [name, take([name])] as const);
  const found = own.map(
    ([name, column], index) => [name, column ?? take(inputs[index]?.aliases ?? [])] as const,
  );
  return Object.fromEntries(found.filter((pair): pair is [string, string] => pair[1] !== undefined));
}

/**
 * Resolves a mapping against the columns that there are; inputs that it leaves out are filled as
 * {@link suggestMapping} says.
 *
 * @param required the input without which there is nothing to do, and whether a default fills it.
 * @throws {InvalidInputError} naming `mapping` and the input, for each that is wrong.
 */
export function resolveMapping(
  rules: KindRules,
  columns: readonly string[],
  given: Mapping,
  isFilled: (input: string) => boolean,
): { mapping: Record<string, string>; filled: Filled[] } {
  const suggested = suggestMapping(
    rules,
    columns.filter((column) => !isTaken(given, column)),
  );
  const mapping = { ...suggested, ...given };
  const issues = [...issuesOf(rules, columns, given), ...lacking(rules, columns, mapping, isFilled)];
  const [first, ...rest] = issues;
  if (first) throw new InvalidInputError([first, ...rest]);
  const filled = rules.inputs.flatMap((input) => {
    const from = mapping[input.name];
    return from === undefined ? [] : [{ input, from, textOf: reader(columns, from) }];
  });
  return { mapping, filled };
}

const isTaken = (given: Mapping, column: string) =>
  Object.values(given).some((from) => find([column], from) !== null);

/** As it is, else whatever its capitals and spaces. */
function find(columns: readonly string[], name: string): number | null {
  const exact = columns.indexOf(name);
  const index = exact >= 0 ? exact : columns.findIndex((column) => folded(column) === folded(name));
  return index < 0 ? null : index;
}

function issuesOf({ inputs }: KindRules, columns: readonly string[], given: Mapping): InputIssue[] {
  const names = inputs.map(({ name }) => name);
  return Object.entries(given).flatMap(([input, from]) => {
    const path = ['mapping', input];
    if (!names.includes(input))
      return [{ path, message: `There is no such input; there are ${names.join(', ')}.` }];
    const issue = find(columns, from) === null ? templateIssue(from) : null;
    if (issue !== null) return [{ path, message: issue }];
    return namesIn(columns, from)
      .filter((name) => find(columns, name) === null)
      .map((name) => ({ path, message: `There is no column "${name}"; the sheet has ${listOf(columns)}.` }));
  });
}

/** A column whose name has braces is that column. */
const namesIn = (columns: readonly string[], from: string) =>
  find(columns, from) === null && isTemplate(from) ? columnsOf(from) : [from];

function lacking(
  { inputs: [main] }: KindRules,
  columns: readonly string[],
  mapping: Mapping,
  isFilled: (input: string) => boolean,
): InputIssue[] {
  if (!main || mapping[main.name] !== undefined || isFilled(main.name)) return [];
  const message = `Nothing fills the ${main.name}. Say which column does, as in ${main.name}=${columns[0] ?? 'Text'}; the sheet has ${listOf(columns)}.`;
  return [{ path: ['mapping', main.name], message }];
}

/** More are not told. */
const MOST_TOLD = 30;

const listOf = (columns: readonly string[]) =>
  columns.length === 0
    ? 'no columns'
    : columns
        .slice(0, MOST_TOLD)
        .map((column) => `"${column}"`)
        .join(', ') + (columns.length > MOST_TOLD ? ', …' : '');

function reader(columns: readonly string[], from: string): Filled['textOf'] {
  const cellOf = (name: string) => {
    const index = find(columns, name);
    return (cells: readonly string[]) => (index === null ? '' : (cells[index] ?? ''));
  };
  if (find(columns, from) !== null) return cellOf(from);
  const cells = new Map(columnsOf(from).map((name) => [name, cellOf(name)]));
  return (row) => filledIn(from, (name) => cells.get(name)?.(row) ?? '');
}

/** Names of a job's films, by a template: the same in its results as in the archive. */
import type { InputIssue } from '../../../core/errors.ts';
import { cleanText } from '../../../core/outside-text.ts';
import { zipNamer } from '../../../sheets/zip/zip-names.ts';
import { columnsOf, filledIn, templateIssue } from '../preview/template.ts';
import type { RowResult } from './rows-page.sql.ts';

/** Sorts as the sheet does, and no two are the same. */
const DEFAULT_NAMES = '{rowNumber} {title}';
/** UTF-16 units; ours. */
const LONGEST_TEMPLATE = 300;
/** Columns that an issue names. */
const MOST_TOLD = 30;
/** UTF-16 units of a name's text that are looked at: far more than a name has room for. */
const LONGEST_TEXT = 4_096;

const ENDING = '.mp4';

/** Known to every sheet, unless it has a column of that name. */
const OWN: Readonly<Record<string, (row: RowResult) => string>> = {
  rownumber: ({ rowNumber }) => String(rowNumber),
  title: titleOf,
};

/** What is wrong with a template; null is none. */
export function nameIssues(columns: readonly string[], template: string | null): InputIssue[] {
  if (template === null) return [];
  const path = ['names'];
  if (template.trim() === '' || template.length > LONGEST_TEMPLATE)
    return [{ path, message: `Must have 1 to ${LONGEST_TEMPLATE} characters, as in "{title}.mp4".` }];
  const issue = templateIssue(template);
  if (issue !== null) return [{ path, message: issue }];
  const known = new Set([...columns.map(folded), ...Object.keys(OWN)]);
  const names = new Set(['rowNumber', 'title', ...columns.slice(0, MOST_TOLD)]);
  const told = [...names].map((name) => cleanText(name, 60));
  return columnsOf(template)
    .filter((name) => !known.has(folded(name)))
    .map((name) => ({
      path,
      message: `There is no column "${cleanText(name, 60)}"; there are ${told.join(', ')}.`,
    }));
}

/**
 * Names films as rows come, all rows of a job in their order: those without a film, too, so that a name stays when
 * another row gets its film.
 */
export function filmNamer(columns: readonly string[], template: string | null): (row: RowResult) => string {
  const places = new Map(columns.map((column, index) => [folded(column), index]));
  const unique = zipNamer({ ending: ENDING, otherwise: 'film' });
  const textOf = (row: RowResult, column: string): string => {
    const cell = row.cells[places.get(folded(column)) ?? -1] ?? '';
    return cell.trim() === '' ? (OWN[folded(column)]?.(row) ?? '') : cell;
  };
  return (row) => {
    const text = filledIn(template ?? DEFAULT_NAMES, (column) => textOf(row, column).slice(0, LONGEST_TEXT));
    return unique(text.slice(0, LONGEST_TEXT));
  };
}

/** As a row asks for it, else as the film has it. */
function titleOf({ title, film }: RowResult): string {
  return title !== null && title.trim() !== '' ? title : (film?.title ?? '');
}

/** Capitals make no difference between columns. */
const folded = (name: string): string => name.trim().toLowerCase();

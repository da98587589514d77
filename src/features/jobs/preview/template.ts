/** Texts with columns in braces: `{title}: {text}`. Two braces are one that stands for itself. */

const PART = /\{\{|\}\}|\{([^{}]*)\}/g;

/** Columns that a template names. */
export const columnsOf = (template: string): string[] =>
  [...template.matchAll(PART)].flatMap(([, column]) => (column === undefined ? [] : [column.trim()]));

/** What is wrong with a template, in words for a person; null if nothing is. A brace of no pair is none of a column. */
export const templateIssue = (template: string): string | null =>
  /[{}]/.test(template.replaceAll(PART, ''))
    ? 'A brace stands alone. Write a column in a pair, as in {title}, and {{ or }} for a brace that is meant.'
    : null;

/** The text with what `cellOf` says of each column in its place. */
export const filledIn = (template: string, cellOf: (column: string) => string): string =>
  template.replaceAll(PART, (part, column: string | undefined) =>
    column === undefined ? part.charAt(0) : cellOf(column.trim()),
  );

/** Whether a text is more than the name of a column. */
export const isTemplate = (text: string): boolean => columnsOf(text).length > 0;

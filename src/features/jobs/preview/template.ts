/** Texts with columns in braces: `{title}: {text}`. Two braces are one that stands for itself. */

const PART = /\{\{|\}\}|\{([^{}]*)\}/g;

/** Columns that a template names. */
export const columnsOf = (template: string): string[] =>
  [...template.matchAll(PART)].flatMap(([, column]) => (column === undefined ? [] : [column.trim()]));

/** The text with what `cellOf` says of each column in its place. */
export const filledIn = (template: string, cellOf: (column: string) => string): string =>
  template.replaceAll(PART, (part, column: string | undefined) =>
    column === undefined ? part.charAt(0) : cellOf(column.trim()),
  );

/** Whether a text is more than the name of a column. */
export const isTemplate = (text: string): boolean => columnsOf(text).length > 0;

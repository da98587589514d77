/** Most different statements that get a name; the product has about 200. Others vary with the length of a list. */
const MOST_NAMES = 1_000;

const names = new Map<string, string>();

/**
 * How many rows hold a value differs by so much from one value to the next that no plan is right for all of them: one made
 * without the values would walk the whole log for a project of which little is told.
 */
const OF_LISTS = / @> /;

/**
 * Name of a statement, the same for the same text: PostgreSQL then parses and plans it once for each connection, not
 * at every call.
 *
 * @returns '' for those beyond what a connection should keep, and for those that are planned with their values.
 */
export function statementName(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined || names.size >= MOST_NAMES || OF_LISTS.test(sql)) return known ?? '';
  const name = `vidpipe-${names.size}`;
  names.set(sql, name);
  return name;
}

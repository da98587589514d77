/** Most different statements that get a name; the product has about 200. Others vary with the length of a list. */
const MOST_NAMES = 1_000;

const names = new Map<string, string>();

/**
 * Name of a statement, the same for the same text: PostgreSQL then parses and plans it once for each connection, not
 * at every call.
 *
 * @returns '' for those beyond what a connection should keep.
 */
export function statementName(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined || names.size >= MOST_NAMES) return known ?? '';
  const name = `vidpipe-${names.size}`;
  names.set(sql, name);
  return name;
}

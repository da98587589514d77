/** How the database calls what Prisma calls otherwise: words apart by `_`, a table in the plural (ARCHITECTURE, Names). */

/** `startFramePrompt` is `start_frame_prompt`. */
export const columnOf = (field: string): string =>
  field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** `LedgerEntry` is `ledger_entries`. */
export function tableOf(model: string): string {
  const one = columnOf(model).slice(1);
  return one.endsWith('y') ? `${one.slice(0, -1)}ies` : `${one}s`;
}

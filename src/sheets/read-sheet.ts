import { type BoxOptions, boxedParts } from './child/boxed-parts.ts';
import type { ReadSheetOptions, SheetHead, SheetPart, SheetRow } from './sheet.ts';
import { asFile, type SheetSource } from './source.ts';

export type SheetReading = AsyncDisposable & {
  head: SheetHead;
  /** Once, and as fast as they are taken. */
  rows: AsyncIterable<SheetRow>;
};

/**
 * Reads a file of rows — CSV, TSV, XLSX or JSON Lines, told by its content — in a process of its own, in constant memory here. What is
 * no file yet is kept as one in the folder for temporary files until all is read. Read `rows` to their end or dispose of
 * what is returned: the process goes with it.
 *
 * A damaged row is given with its problems, and the rows around it as they are. What makes the file as a whole no table
 * rejects this call, or `rows` where it is found later on.
 *
 * @throws {SheetRefused} with any {@link FileProblemCode}, or what is wrong with the header.
 * @throws the signal's reason; the error of a source; an Error if the process was ended from outside.
 */
export async function readSheet(
  source: SheetSource,
  options: ReadSheetOptions & BoxOptions = {},
): Promise<SheetReading> {
  const { sheet, delimiter, encoding, ...box } = options;
  const file = await asFile(source, box.signal);
  const parts = boxedParts({ file: file.path, options: { sheet, delimiter, encoding } }, box);
  const close = async () => {
    await parts.return(undefined);
    await file[Symbol.asyncDispose]();
  };
  try {
    const { value } = await parts.next();
    const { head } = value as SheetPart & { head: SheetHead };
    return { head, rows: rowsOf(parts, close), [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function* rowsOf(
  parts: AsyncIterable<SheetPart>,
  close: () => Promise<void>,
): AsyncGenerator<SheetRow> {
  try {
    for await (const part of parts) if ('rows' in part) yield* part.rows;
  } finally {
    await close();
  }
}

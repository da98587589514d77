import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { SheetRefused, type SheetProblem } from '../../../src/sheets/problem.ts';
import { readParts } from '../../../src/sheets/read-parts.ts';
import type { ReadSheetOptions, SheetHead, SheetRow } from '../../../src/sheets/sheet.ts';
import { temporaryFolder } from '../../support/temporary/folder.ts';

export type Read = {
  head: SheetHead | undefined;
  rows: SheetRow[];
  /** What ended the reading. */
  refused: SheetProblem | undefined;
};

let files = 0;

/** A file with this in it. */
export function fileOf(content: string | Uint8Array): string {
  files += 1;
  const file = path.join(temporaryFolder('sheet'), `sheet-${files}`);
  writeFileSync(file, content);
  return file;
}

/** Reads all of a file, in this process. */
export async function readAll(content: string | Uint8Array, options: ReadSheetOptions = {}): Promise<Read> {
  const read: Read = { head: undefined, rows: [], refused: undefined };
  try {
    for await (const part of readParts(fileOf(content), options))
      if ('head' in part) read.head = part.head;
      else read.rows.push(...part.rows);
  } catch (error) {
    if (!(error instanceof SheetRefused)) throw error;
    read.refused = error.problem;
  }
  return read;
}

/** The cells of a file of which all rows are good. */
export async function cellsOf(
  content: string | Uint8Array,
  options: ReadSheetOptions = {},
): Promise<string[][]> {
  const { head, rows, refused } = await readAll(content, options);
  const problem = refused ?? rows.find(({ problems }) => problems.length > 0)?.problems[0];
  if (problem) throw new Error(`Expected good rows: ${JSON.stringify(problem)}`);
  return [head!.columns, ...rows.map(({ cells }) => cells)];
}

/** Bytes of what a writer gives. */
export async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

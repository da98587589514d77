/** Breaks a source file in many places at once, each of which can be switched on alone. */
import type { Site } from './sites.ts';

/** A site with its number in this run. */
export type Mutant = Site & {
  id: number;
  /** From the root of the project. */
  file: string;
};

/** Name by which instrumented code asks whether a mutant is on. */
const ASK = 'isMutant__';

/** The source with all of `mutants`, which do not overlap, and an import of what switches them on. */
export function instrument(source: string, mutants: readonly Mutant[], switchFile: string): string {
  let text = source;
  for (const mutant of mutants.toSorted((a, b) => b.start - a.start)) {
    const original = source.slice(mutant.start, mutant.end);
    text = text.slice(0, mutant.start) + switched(mutant, original) + text.slice(mutant.end);
  }
  return `import { ${ASK} } from '${switchFile}';${text}`;
}

const switched = ({ id, changed }: Mutant, original: string): string =>
  // In a block: an `else` that follows stays with its own `if`.
  changed === null
    ? `{ if (!${ASK}(${id})) { ${original} } }`
    : `(${ASK}(${id}) ? (${changed}) : (${original}))`;

/** The module that instrumented code asks: one for all processes of a copy, told by files beside it. */
export const switchSource = (directory: string): string => `
import { appendFileSync, readFileSync } from 'node:fs';
const on = Number(readFileSync('${directory}/on', 'utf8'));
const seen = new Set();
export function ${ASK}(id) {
  if (on === -1) note(id);
  return id === on;
}
function note(id) {
  const test = globalThis.vidpipeTestFile ?? process.env.VIDPIPE_TEST_FILE;
  if (!test || seen.has(id + test)) return;
  seen.add(id + test);
  appendFileSync('${directory}/hits', id + '\\t' + test + '\\n');
}
`;

/** Tells instrumented code, here and in processes that the test starts, which test file it serves. */
export const SETUP_SOURCE = `
import { expect } from 'vitest';
globalThis.vidpipeTestFile = expect.getState().testPath;
process.env.VIDPIPE_TEST_FILE = globalThis.vidpipeTestFile;
`;

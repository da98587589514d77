import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NOTES } from './copy.ts';
import type { Mutant } from './instrument.ts';
import { runTests, type TestFile } from './run-tests.ts';

export type Verdict = {
  id: number;
  /** A mutant that never ends is noticed too. */
  outcome: 'KILLED' | 'NEVER_ENDS' | 'SURVIVED' | 'UNREACHED';
  /** Test files that ran with it. */
  tried: number;
};

/** Files run together: the quickest of those left. */
const GROUP = 4;
/** Of tests that pass in this many seconds; starting costs some, and a mutant may make them slow. */
const limitOf = (milliseconds: number) => 30 + (3 * milliseconds) / 1_000;
/** After so long without a failure, a mutant has survived. */
const MOST_SECONDS = 240;

/** Runs the test files that reach a mutant, quickest first, until one fails. */
export async function judge(
  directory: string,
  { id }: Mutant,
  tests: readonly TestFile[],
  isQuick: boolean,
): Promise<Verdict> {
  const reaching = filesThatReach(directory, id);
  const left = tests
    .filter(({ file, passed }) => passed && reaching.has(path.join(directory, file)))
    .toSorted((a, b) => a.milliseconds - b.milliseconds);
  const end = Date.now() + MOST_SECONDS * 1_000;
  let tried = 0;
  if (left.length === 0) return { id, outcome: 'UNREACHED', tried };
  while (left.length > 0 && Date.now() < end) {
    const group = left.splice(0, GROUP);
    const limitSeconds = limitOf(group.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
    const files = group.map(({ file }) => file);
    const results = await runTests({ directory, on: id, files, limitSeconds, isQuick });
    tried += group.length;
    if (!results) return { id, outcome: 'NEVER_ENDS', tried };
    if (results.length === 0 || results.some(({ passed }) => !passed))
      return { id, outcome: 'KILLED', tried };
  }
  return { id, outcome: 'SURVIVED', tried };
}

function filesThatReach(directory: string, id: number): Set<string> {
  const lines = readFileSync(path.join(directory, NOTES, 'hits'), 'utf8').split('\n');
  return new Set(
    lines
      .map((line) => line.split('\t'))
      .flatMap(([hit, file]) => (Number(hit) === id && file ? [file] : [])),
  );
}

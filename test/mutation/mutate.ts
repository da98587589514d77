/**
 * Breaks lines of `src/features` and `src/api` one after another and looks whether a test notices: `npm run mutate`.
 *
 * Nothing of this checkout is changed: all happens in a copy under the system's folder for temporary files, which
 * stays, so that a run that was ended goes on where it was.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readOptions, refuseOptions } from '../../scripts/read-options.ts';
import { copyBroken, NOTES } from './copy.ts';
import { judge, type Verdict } from './judge.ts';
import type { Mutant } from './instrument.ts';
import { report } from './report.ts';
import { runTests, type TestFile, writeConfig } from './run-tests.ts';

const USAGE =
  'Usage: npm run mutate -- [--count 100] [--seed 1] [--slice 100] [--files <part of a path>] [--tests <part of a path>] [--quick] [--anew]';
const {
  count = 100,
  seed = 1,
  /** How many are judged now; all that are left without it. */
  slice = count,
  files = '',
  tests: asked = '',
  /** Whether only what `npm test` runs has to notice. */
  quick = false,
  anew,
} = readOptions(USAGE, {
  count: 'count',
  seed: 'count',
  slice: 'count',
  files: 'text',
  tests: 'text',
  quick: 'switch',
  anew: 'switch',
});

/** Of the one run that looks which test file reaches which mutant. */
const FIRST_RUN_LIMIT_SECONDS = 3_600;

type State = { mutants: Mutant[]; tests: TestFile[]; verdicts: Verdict[] };

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const name = ['vidpipe-mutation', commit, count, seed, files, asked, quick && 'quick']
  .filter(Boolean)
  .join('-');
const directory = path.join(os.tmpdir(), name.replaceAll('/', '+'));
const stateFile = path.join(directory, NOTES, 'state.json');
if (anew) rmSync(directory, { recursive: true, force: true });

const state = existsSync(stateFile) ? (JSON.parse(readFileSync(stateFile, 'utf8')) as State) : await begin();
for (const mutant of state.mutants.slice(state.verdicts.length).slice(0, slice)) {
  const verdict = await judge(directory, mutant, state.tests, quick);
  state.verdicts.push(verdict);
  writeFileSync(stateFile, JSON.stringify(state));
  console.log(`${verdict.outcome.padEnd(10)} ${mutant.file}:${mutant.line}`);
}
process.exitCode = report(directory, state.mutants, state.verdicts) ? 0 : 1;

async function begin(): Promise<State> {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const mutants = copyBroken(directory, files, count, seeded(seed));
  if (mutants.length === 0) refuseOptions(USAGE, `--files: nothing to break in ${files}.`);
  writeConfig(directory);
  console.log(`${mutants.length} mutants in ${directory}; looking which tests reach them.`);
  const tests = await runTests({
    directory,
    on: -1,
    files: asked ? [asked] : [],
    limitSeconds: FIRST_RUN_LIMIT_SECONDS,
    isQuick: quick,
  });
  if (!tests) throw new Error('The tests do not come to an end without a mutant.');
  const begun = { mutants, tests, verdicts: [] };
  writeFileSync(stateFile, JSON.stringify(begun));
  return begun;
}

/** The same numbers for the same seed (mulberry32). */
function seeded(first: number): () => number {
  let last = first;
  return () => {
    last = (last + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(last ^ (last >>> 15), last | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

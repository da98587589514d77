import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Verdict } from './judge.ts';
import type { Mutant } from './instrument.ts';

/** Share that may survive: some changes make no difference that anybody could notice. */
const MOST_SURVIVORS = 0.1;

/** Prints what survived and the share; @returns whether that is little enough. */
export function report(directory: string, mutants: readonly Mutant[], verdicts: readonly Verdict[]): boolean {
  const survivors = verdicts.filter(({ outcome }) => outcome === 'SURVIVED' || outcome === 'UNREACHED');
  for (const { id, outcome, tried } of survivors) {
    const mutant = mutants[id];
    if (mutant)
      console.log(`\n${outcome} (${tried} test files) ${mutant.file}:${mutant.line}\n${changeOf(mutant)}`);
  }
  const share = verdicts.length === 0 ? 0 : survivors.length / verdicts.length;
  console.log(
    `\n${survivors.length} of ${verdicts.length} mutants survived: ${(100 * share).toFixed(1)} %; ` +
      `${mutants.length - verdicts.length} not judged yet. Kept in ${directory}.`,
  );
  return share < MOST_SURVIVORS;
}

function changeOf({ file, start, end, changed }: Mutant): string {
  const source = readFileSync(path.resolve(import.meta.dirname, '../..', file), 'utf8');
  return `- ${source.slice(start, end)}\n+ ${changed ?? '(nothing)'}`;
}

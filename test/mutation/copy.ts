/** A copy of the project that is broken in place of the project. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { instrument, type Mutant, SETUP_SOURCE, switchSource } from './instrument.ts';
import { type Site, sitesOf } from './sites.ts';

/** What is broken; generated code and the words of the graph's descriptions have no tests of their own. */
const BROKEN = /^src\/(features|api)\/.*\.ts$/;

/** Folder of the copy for what the mutation tester keeps. */
export const NOTES = '.mutation';

const ROOT = path.resolve(import.meta.dirname, '../..');

const filesOf = (...which: string[]): string[] =>
  execFileSync('git', ['ls-files', '-z', ...which], { cwd: ROOT, encoding: 'utf8' })
    .split('\0')
    .filter(Boolean);

/**
 * Draws mutants and copies the project with all of them to a new directory; each is off until it is switched on.
 *
 * @param part of the paths of the files that are broken.
 * @param random from 0 to 1; the same numbers draw the same mutants of the same sources.
 */
export function copyBroken(directory: string, part: string, count: number, random: () => number): Mutant[] {
  const mutants = drawMutants(part, count, random);
  for (const file of filesOf('--cached', '--others', '--exclude-standard')) copyFile(file, directory);
  cpSync(path.join(ROOT, 'src/generated'), path.join(directory, 'src/generated'), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(directory, 'node_modules'));

  const notes = path.join(directory, NOTES);
  mkdirSync(notes);
  writeFileSync(path.join(notes, 'switch.mjs'), switchSource(notes));
  writeFileSync(path.join(notes, 'setup.ts'), SETUP_SOURCE);
  writeFileSync(path.join(notes, 'hits'), '');
  for (const [file, ofFile] of Map.groupBy(mutants, (mutant) => mutant.file)) {
    const source = readFileSync(path.join(ROOT, file), 'utf8');
    writeFileSync(path.join(directory, file), instrument(source, ofFile, `${notes}/switch.mjs`));
  }
  return mutants;
}

function copyFile(file: string, directory: string) {
  const to = path.join(directory, file);
  mkdirSync(path.dirname(to), { recursive: true });
  cpSync(path.join(ROOT, file), to);
}

function drawMutants(part: string, count: number, random: () => number): Mutant[] {
  const all = filesOf('src')
    .filter((file) => BROKEN.test(file) && file.includes(part))
    .flatMap((file) =>
      sitesOf(file, readFileSync(path.join(ROOT, file), 'utf8')).map((site) => ({ ...site, file })),
    );
  const drawn: Mutant[] = [];
  while (drawn.length < count && all.length > 0) {
    const [site] = all.splice(Math.floor(random() * all.length), 1);
    if (site && !drawn.some((other) => other.file === site.file && overlap(other, site)))
      drawn.push({ ...site, id: drawn.length });
  }
  return drawn;
}

const overlap = (a: Site, b: Site): boolean => a.start < b.end && b.start < a.end;

/** What is in a migration that was landed is in databases already: the committed list of sums holds it as it was. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** In the migrations' folder, as `sha256sum` writes and checks it: a line each, in the order in which they are applied. */
export const SUMS_FILE = 'checksums.txt';

type Sums = Map<string, string>;

/** What is wrong with the migrations in `folder`, a sentence each that names the file. */
export function faultsOfSums(folder: string): string[] {
  const listed = listedSums(folder);
  const written = writtenSums(folder);
  return [
    ...changed(listed, written, folder),
    ...unlisted(listed, written, folder),
    ...disordered(listed, folder),
  ];
}

/**
 * Adds the migrations that the list lacks.
 *
 * @returns their folders' names; none if the list and the folders disagree otherwise, and nothing is written then.
 */
export function sealMigrations(folder: string): string[] {
  const listed = listedSums(folder);
  const written = writtenSums(folder);
  const names = [...written.keys()].filter((name) => !listed.has(name));
  const lines = names.map((name) => `${written.get(name)}  ${name}/migration.sql\n`);
  const file = path.join(folder, SUMS_FILE);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (changed(listed, written, folder).length > 0) return [];
  writeFileSync(file, before + lines.join(''));
  return names;
}

function changed(listed: Sums, written: Sums, folder: string): string[] {
  const names = [...listed.keys()].filter((name) => written.get(name) !== listed.get(name));
  return names.map((name) => {
    const what = written.has(name) ? 'differs from what was landed' : 'was landed and is gone';
    return `${folder}/${name}/migration.sql ${what}: databases hold it as it was. Undo that, and write a new migration.`;
  });
}

const unlisted = (listed: Sums, written: Sums, folder: string): string[] =>
  [...written.keys()]
    .filter((name) => !listed.has(name))
    .map(
      (name) =>
        `${folder}/${name} is not in ${folder}/${SUMS_FILE}. When it is finished: npm run migration -- seal`,
    );

function disordered(listed: Sums, folder: string): string[] {
  const names = [...listed.keys()];
  return names
    .filter((name, index) => index > 0 && name < (names[index - 1] ?? ''))
    .map(
      (name) =>
        `${folder}/${name} was landed after later ones. Name it later, take it out of ${SUMS_FILE} and seal it again.`,
    );
}

function listedSums(folder: string): Sums {
  const file = path.join(folder, SUMS_FILE);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  return new Map(
    lines.map((line) => {
      const [sum = '', name = ''] = line.split(/ {2}/);
      return [path.posix.dirname(name), sum];
    }),
  );
}

function writtenSums(folder: string): Sums {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = folders.map(({ name }) => name).toSorted();
  return new Map(
    names.map((name) => {
      const sql = readFileSync(path.join(folder, name, 'migration.sql'));
      return [name, createHash('sha256').update(sql).digest('hex')];
    }),
  );
}

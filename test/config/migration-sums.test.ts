import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { faultsOfSums, sealMigrations, SUMS_FILE } from '../../scripts/migration-sums.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';

const MIGRATIONS = 'prisma/migrations';
const LANDED = '20261121000006_audit_order';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder('sums');
  cpSync(MIGRATIONS, folder, { recursive: true });
});

const sqlOf = (name: string) => path.join(folder, name, 'migration.sql');
const readSums = () => readFileSync(path.join(folder, SUMS_FILE), 'utf8');

function add(name: string): void {
  mkdirSync(path.join(folder, name));
  writeFileSync(sqlOf(name), 'SELECT 1;\n');
}

function change(what: string | RegExp, to: string): void {
  const sql = readFileSync(sqlOf(LANDED), 'utf8');
  const changed = sql.replace(what, to);
  expect(changed).not.toBe(sql);
  writeFileSync(sqlOf(LANDED), changed);
}

test('the migrations are as they were landed', () => {
  expect(faultsOfSums(MIGRATIONS)).toEqual([]);
});

test.each<[string, () => void]>([
  ['a comment', () => change(/^-- ./m, '-- Otherwise: ')],
  ['the body of a function', () => change('BEGIN\n', 'BEGIN\n  PERFORM 1;\n')],
  ['the space at its end', () => change(/\n*$/, '\n\n\n')],
])('an edit of %s in a landed one is told with its file, and cannot be sealed', (_what, edit) => {
  edit();
  add('20990101000000_new');
  const before = readSums();
  const told = expect.stringMatching(
    /20261121000006_audit_order\/migration\.sql differs from what was landed/,
  );
  expect(faultsOfSums(folder)).toEqual([told, expect.stringContaining('20990101000000_new')]);
  expect(sealMigrations(folder)).toEqual([]);
  expect(readSums()).toBe(before);
});

test('one that is gone or renamed is told', () => {
  renameSync(path.join(folder, LANDED), path.join(folder, '20990101000000_audit_order'));
  expect(faultsOfSums(folder)).toEqual([
    expect.stringMatching(/20261121000006_audit_order\/migration\.sql was landed and is gone/),
    expect.stringContaining('20990101000000_audit_order'),
  ]);
});

test('a new one is to be sealed, at the end of the list, and is held from then on', () => {
  add('20990101000000_new');
  const before = readSums();
  expect(faultsOfSums(folder)).toEqual([
    expect.stringMatching(/20990101000000_new .*npm run migration -- seal/),
  ]);
  expect(sealMigrations(folder)).toEqual(['20990101000000_new']);
  expect(faultsOfSums(folder)).toEqual([]);
  expect(readSums().startsWith(before)).toBe(true);
  writeFileSync(sqlOf('20990101000000_new'), 'SELECT 2;\n');
  expect(faultsOfSums(folder)).toHaveLength(1);
});

test('one that is older than what was landed before it is told', () => {
  add('20261121000001_late');
  sealMigrations(folder);
  expect(faultsOfSums(folder)).toEqual([
    expect.stringMatching(/20261121000001_late was landed after later ones/),
  ]);
});

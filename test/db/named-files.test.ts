/** Which rows name files: no file goes that one of them names. */
import { expect, test } from 'vitest';
import { namedAmong, readNamedFiles, registeredRows } from '../../src/features/upkeep/all-files.ts';
import { seedFilm } from '../support/seed.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();

const registered = registeredRows();
const isRegistered = ({ table, column }: { table: string; column: string }) =>
  registered.some((sql) => new RegExp(`\\b(\\w+)\\.${column} AS key\\b[^]*\\b${table} \\1\\b`).test(sql));

test('every column of a storage key is registered: files of another would be taken for strays', async () => {
  const columns = await platform.db.$queryRaw<{ table: string; column: string }[]>`
    SELECT table_name::text AS table, column_name::text AS column FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name ~ '(_(path|file|storage_key)|source_key)$' ORDER BY 1, 2`;
  expect(columns.filter(isRegistered)).toHaveLength(registered.length);
  // The newest film's, which names it itself.
  expect(columns.filter((column) => !isRegistered(column))).toEqual([
    { table: 'projects', column: 'output_path' },
  ]);
});

test('a key is named as long as any row names it, current or not', async () => {
  const { projectId } = await seedFilm(platform.ctx);
  const keys = (await readNamedFiles(platform.db, projectId)).map(({ key }) => key);
  expect(await namedAmong(platform.db, [...keys, 'w/files/nobody.png'])).toEqual(new Set(keys));
  await platform.db.project.delete({ where: { id: projectId } });
  const films = keys.filter((key) => /film|poster/.test(key));
  expect(await namedAmong(platform.db, keys)).toEqual(new Set(films));
});

/**
 * Makes and checks migrations offline: `npm run migration -- check | new <name> | seal`.
 *
 * Prisma's schema engine runs here as WebAssembly over an in-memory PGlite, so neither a server
 * nor a downloaded engine binary is needed. CHECKs, partial indexes and expression indexes are
 * invisible to Prisma: they are written by hand into a migration and no check reports them.
 */
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { SchemaEngine, type MigrationList } from '@prisma/schema-engine-wasm';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { faultsOfSums, sealMigrations, SUMS_FILE } from './migration-sums.ts';

const SCHEMA = 'prisma';
const MIGRATIONS = path.join(SCHEMA, 'migrations');
const LOCK_FILE = 'migration_lock.toml';
const USAGE = 'Usage: npm run migration -- check | new <name> | seal, with a name like add_review_notes.';

async function schemaFiles() {
  const names = (await readdir(SCHEMA)).filter((name) => name.endsWith('.prisma')).toSorted();
  return Promise.all(
    names.map(async (name) => ({ path: name, content: await readFile(path.join(SCHEMA, name), 'utf8') })),
  );
}

async function readMigration(folder: string) {
  const value = await readFile(path.join(MIGRATIONS, folder, 'migration.sql'), 'utf8');
  return { path: folder, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } };
}

async function writtenMigrations(): Promise<MigrationList> {
  await mkdir(MIGRATIONS, { recursive: true });
  const entries = await readdir(MIGRATIONS, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const hasLock = entries.some((entry) => entry.name === LOCK_FILE);
  return {
    baseDir: path.resolve(MIGRATIONS),
    shadowDbInitScript: '',
    lockfile: {
      path: LOCK_FILE,
      content: hasLock ? await readFile(path.join(MIGRATIONS, LOCK_FILE), 'utf8') : null,
    },
    migrationDirectories: await Promise.all(folders.toSorted().map(readMigration)),
  };
}

/** The SQL that leads from the written migrations to the schema; empty if they agree. */
async function missingSql(): Promise<string> {
  const files = await schemaFiles();
  const migrations = await writtenMigrations();
  const database = await PGlite.create({ extensions: { pg_trgm } });
  const engine = await SchemaEngine.new(
    { datamodels: files.map(({ path: name, content }): [string, string] => [name, content]) },
    () => {},
    bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(database)),
  );
  const { exitCode, stdout } = await engine.diff({
    from:
      migrations.migrationDirectories.length > 0 ? { tag: 'migrations', ...migrations } : { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  return exitCode === 0 ? '' : (stdout ?? '');
}

async function check(): Promise<number> {
  const faults = faultsOfSums(MIGRATIONS);
  if (faults.length > 0) {
    console.error(faults.join('\n'));
    return 1;
  }
  const sql = await missingSql();
  if (sql === '') return 0;
  console.error(`prisma/migrations does not lead to prisma/*.prisma; missing:\n\n${sql}`);
  console.error('Write it with: npm run migration -- new <name>');
  return 1;
}

async function create(name: string): Promise<number> {
  const sql = await missingSql();
  if (sql === '') {
    console.log('Nothing to do: prisma/migrations already leads to prisma/*.prisma.');
    return 0;
  }
  const timestamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const folder = path.join(MIGRATIONS, `${timestamp}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'migration.sql'), sql);
  await writeFile(path.join(MIGRATIONS, LOCK_FILE), 'provider = "postgresql"\n');
  console.log(`${path.join(folder, 'migration.sql')}; when it is finished: npm run migration -- seal`);
  return 0;
}

/** Ends the writing of new migrations: from here on a gate holds them as they are. */
function seal(): number {
  const sealed = sealMigrations(MIGRATIONS);
  for (const name of sealed) console.log(`${name} is in ${MIGRATIONS}/${SUMS_FILE} now.`);
  const faults = faultsOfSums(MIGRATIONS);
  if (faults.length > 0) console.error(faults.join('\n'));
  return faults.length > 0 ? 1 : 0;
}

function run([command, name]: string[]): Promise<number> {
  if (command === 'check') return check();
  if (command === 'new' && name && /^[a-z0-9_]+$/.test(name)) return create(name);
  if (command === 'seal') return Promise.resolve(seal());
  console.error(USAGE);
  return Promise.resolve(command === '--help' ? 0 : 2);
}

// PGlite keeps the process alive, so it ends here rather than by itself.
process.exit(await run(process.argv.slice(2)));

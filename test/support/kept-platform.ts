/**
 * One embedded platform for the files of tests of one process, which run one after another: to open one takes longer than
 * most of their tests. Between two files its tables get the rows again that they have after the first start, and no others.
 */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { openEvents } from '../../src/platform/events.ts';
import { openLog } from '../../src/platform/log.ts';
import { openPlatform, type Platform } from '../../src/platform/platform.ts';
import { Pulse } from '../../src/platform/pulse.ts';
import { policies } from '../../src/worker/handlers.ts';
import { makeDataDir } from './embedded-template.ts';
import { sharedFolder } from './temporary/folder.ts';

type Kept = { platform: Platform; dataDir: string; schema: string; emptied: string; isTaken: boolean };

let kept: Kept | null = null;

export type TakenPlatform = {
  platform: Platform;
  /** `isAsBefore` tells that nothing of it is still at work. */
  giveBack: (isAsBefore: boolean) => Promise<void>;
};

/** Takes it; null while another `describe` of the file has it. */
export async function takePlatform(secretKey: string): Promise<TakenPlatform | null> {
  if (kept?.isTaken) return null;
  const taken = (kept ??= await open(secretKey));
  taken.isTaken = true;
  const own = await ownParts(taken.platform);
  return {
    platform: { ...taken.platform, events: own.events, pulse: own.pulse },
    async giveBack(isAsBefore) {
      own.close();
      const isKept = isAsBefore && (await empty(taken).catch(() => false));
      taken.isTaken = false;
      if (isKept) return;
      kept = null;
      await taken.platform.close();
      await rm(taken.dataDir, { recursive: true, force: true });
    },
  };
}

/** What remembers the log is each file's own. */
async function ownParts({ notifications }: Platform) {
  const pulse = new Pulse();
  const stops: (() => void)[] = [];
  const events = await openEvents({
    ...notifications,
    async subscribe(...listener) {
      const stop = await notifications.subscribe(...listener);
      stops.push(stop);
      return stop;
    },
  });
  const close = () => {
    events.close();
    for (const stop of stops) stop();
  };
  return { events, pulse, close };
}

async function open(secretKey: string): Promise<Kept> {
  const dataDir = await makeDataDir(sharedFolder('platform'));
  const log = openLog(process.env['LOG_LEVEL'] ?? 'fatal');
  const platform = await openPlatform({ databaseUrl: null, dataDir, secretKey, policies }, log);
  const { pool } = platform.database;
  return { platform, dataDir, schema: await schemaOf(pool), emptied: await emptying(pool), isTaken: false };
}

/** Empties it; false if a test has changed more than rows and files. */
async function empty({ platform, dataDir, schema, emptied }: Kept): Promise<boolean> {
  const { pool } = platform.database;
  await pool.query(emptied);
  const files = path.join(dataDir, 'files');
  for (const name of await readdir(files).catch(() => [])) {
    if (!name.startsWith('.')) await rm(path.join(files, name), { recursive: true, force: true });
  }
  return (await schemaOf(pool)) === schema;
}

const TABLES = `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
  WHERE schemaname IN ('public', 'pgboss') ORDER BY name`;

const SEQUENCES = `SELECT format('SELECT setval(%L, %s, %L)',
    format('%I.%I', schemaname, sequencename), coalesce(last_value, start_value), last_value IS NOT NULL) AS reset
  FROM pg_sequences WHERE schemaname IN ('public', 'pgboss')`;

/** Statements that leave every table as it is now. */
async function emptying(pool: pg.Pool): Promise<string> {
  const tables = (await pool.query<{ name: string }>(TABLES)).rows.map(({ name }) => name);
  const inserts: string[] = [];
  for (const name of tables) {
    const { rows } = await pool.query<{ rows: string | null }>(
      `SELECT json_agg(row)::text AS rows FROM ONLY ${name} row`,
    );
    const literal = rows[0]?.rows?.replaceAll("'", "''");
    if (literal)
      inserts.push(`INSERT INTO ${name} SELECT * FROM json_populate_recordset(NULL::${name}, '${literal}')`);
  }
  const sequences = await pool.query<{ reset: string }>(SEQUENCES);
  return [
    'BEGIN',
    // As it was: no trigger has to tell of it.
    'SET LOCAL session_replication_role = replica',
    `TRUNCATE ${tables.join(', ')}`,
    ...inserts,
    ...sequences.rows.map(({ reset }) => reset),
    'COMMIT',
  ].join(';\n');
}

const SCHEMA = `SELECT md5(string_agg(line, E'\\n' ORDER BY line)) AS digest FROM (
  SELECT format('class %s %s %s %s', oid, relname, relkind, relhastriggers) AS line FROM pg_class
    WHERE oid > 16383 AND relpersistence = 'p'
  UNION ALL SELECT format('trigger %s %s %s', oid, tgname, tgenabled) FROM pg_trigger
  UNION ALL SELECT format('constraint %s %s', oid, conname) FROM pg_constraint
  UNION ALL SELECT format('function %s %s %s', oid, proname, md5(prosrc)) FROM pg_proc WHERE oid > 16383
  UNION ALL SELECT format('column %s %s %s', attrelid, attname, attnotnull) FROM pg_attribute
    WHERE attrelid > 16383 AND attnum > 0
) lines`;

/** Tells whether tables, columns, constraints, triggers, functions or indexes have changed. */
async function schemaOf(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ digest: string }>(SCHEMA);
  return rows[0]?.digest ?? '';
}

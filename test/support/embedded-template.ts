/** Embedded databases as a server leaves one after its first start: making a cluster and its tables takes seconds. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { openDatabase } from '../../src/platform/database/database.ts';
import { openNotifications } from '../../src/platform/notifications.ts';
import { openQueue } from '../../src/platform/queue.ts';
import { temporaryFolder } from './temporary/folder.ts';

const MIGRATIONS = 'prisma/migrations';
const TEMPLATES = 'node_modules/.cache/vidpipe-test';

/** Fills a folder, a new one unless given: a data directory whose embedded database has every table and no row. */
export async function makeDataDir(dataDir = temporaryFolder('test')): Promise<string> {
  cpSync(await embeddedTemplate(), dataDir, { recursive: true, filter: isWanted });
  return dataDir;
}

/** Not PostgreSQL's own templates of new databases, which are the most of a cluster: PGlite makes none. */
const isWanted = (file: string): boolean => !/base\/(1|4)$/.test(file);

/** Made once for a set of migrations and packages; two at once make one each, and the first to finish wins. */
async function embeddedTemplate(): Promise<string> {
  const template = path.join(TEMPLATES, await digest());
  if (existsSync(template)) return template;
  await mkdir(TEMPLATES, { recursive: true });
  const draft = await mkdtemp(path.join(TEMPLATES, 'draft-'));
  await fill(draft);
  await rename(draft, template).catch(() => rm(draft, { recursive: true, force: true }));
  return template;
}

async function fill(directory: string): Promise<void> {
  const database = await openDatabase({ directory });
  const notifications = await openNotifications(database);
  // Its own tables; which queues there are, each start declares anew.
  const queue = await openQueue(database, notifications, {}, () => {});
  await queue.close();
  await notifications.close();
  await database.close();
  await Promise.all(['lock', 'lock.json'].map((name) => rm(path.join(directory, name), { force: true })));
}

/** Of everything that decides what is in it. */
async function digest(): Promise<string> {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const files = folders.toSorted().map((name) => path.join(MIGRATIONS, name, 'migration.sql'));
  const texts = await Promise.all(['package-lock.json', ...files].map((file) => readFile(file)));
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text);
  return hash.digest('hex').slice(0, 16);
}

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The data directory is held by another process. */
export class DirectoryInUseError extends Error {
  override readonly name = 'DirectoryInUseError';
  /** Who has it, if it told. */
  readonly holder: Holder | null;

  constructor(directory: string, options: ErrorOptions) {
    const holder = readHolder(directory);
    const who = holder === null ? '' : ` (process ${holder.pid}, since ${holder.since})`;
    super(`${directory} is in use by another vidpipe process${who}`, options);
    this.holder = holder;
  }
}

/** The data directory cannot be used at all: its user may not write there, or its disk knows no locks. */
export class DirectoryUnusableError extends Error {
  override readonly name = 'DirectoryUnusableError';
}

/** The process that has a directory. */
export type Holder = {
  pid: number;
  /** ISO 8601, UTC. */
  since: string;
};

const holderFile = (directory: string) => path.join(directory, 'lock.json');

/** Only to be told of: the lock itself is the kernel's. */
function writeHolder(directory: string): void {
  const holder: Holder = { pid: process.pid, since: new Date().toISOString() };
  try {
    writeFileSync(holderFile(directory), `${JSON.stringify(holder)}\n`);
  } catch (cause) {
    throw unusable(directory, cause);
  }
}

function readHolder(directory: string): Holder | null {
  try {
    const { pid, since } = JSON.parse(readFileSync(holderFile(directory), 'utf8')) as Partial<Holder>;
    return Number.isInteger(pid) && !Number.isNaN(Date.parse(String(since)))
      ? { pid: Number(pid), since: String(since) }
      : null;
  } catch {
    // It has just begun, or is of an older version.
    return null;
  }
}

/** SQLite's primary result code for a lock that another connection has. */
const SQLITE_BUSY = 5;

/**
 * Takes the data directory for this process alone; two processes on one embedded database lose rows silently.
 *
 * The lock is SQLite's lock on a file, which the kernel frees even after kill -9.
 *
 * @returns a function that gives it back.
 * @throws {DirectoryInUseError} if another process has it.
 * @throws {DirectoryUnusableError} if nothing can be written or locked there.
 */
export function lockDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const db = openLock(directory);
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    db.close();
    const { errcode = 0 } = cause as { errcode?: number };
    // The low byte is the primary code.
    if ((errcode & 0xff) !== SQLITE_BUSY) throw unusable(directory, cause);
    throw new DirectoryInUseError(directory, { cause });
  }
  writeHolder(directory);
  return () => {
    rmSync(holderFile(directory), { force: true });
    db.close();
  };
}

function openLock(directory: string): DatabaseSync {
  try {
    return new DatabaseSync(path.join(directory, 'lock'), { timeout: 0 });
  } catch (cause) {
    throw unusable(directory, cause);
  }
}

const unusable = (directory: string, cause: unknown) =>
  new DirectoryUnusableError(`cannot use ${directory} (${(cause as Error).message})`, { cause });

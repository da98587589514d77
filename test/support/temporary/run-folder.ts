/** One folder for all temporary files of a run and of its processes; its name tells whose it is. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';

/** Ids of processes tell nothing to a container that shares the folder and has its own. */
const PREFIX = `vidpipe-run-${createHash('sha256').update(hostname()).digest('hex').slice(0, 6)}-`;

/**
 * Makes the folder that this process, and those that it starts, take for temporary files from now on. Removes those of
 * runs that were killed.
 *
 * @returns what removes it, puts back the old one, and tells the names of what was still in it.
 */
export function enterRunFolder(): () => string[] {
  const outer = tmpdir();
  removeAbandoned(outer);
  const folder = mkdtempSync(path.join(outer, `${PREFIX}${process.pid}-`));
  process.env['TMPDIR'] = folder;
  return () => {
    const left = readdirSync(folder);
    process.env['TMPDIR'] = outer;
    remove(folder);
    return left;
  };
}

/** For a script, whose folder goes when it ends. */
export function enterRunFolderUntilExit(): void {
  const leave = enterRunFolder();
  process.on('exit', leave);
}

/** Removes the folders of this machine's runs whose process is gone. */
function removeAbandoned(outer: string): void {
  for (const name of readdirSync(outer).filter((each) => each.startsWith(PREFIX))) {
    const owner = Number.parseInt(name.slice(PREFIX.length), 10);
    if (!isAlive(owner)) remove(path.join(outer, name));
  }
}

/** Two runs may remove the same one at once. */
const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Folders that tests work in: none outlives who made it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What names of folders begin with that files of tests share. */
export const SHARED = 'vidpipe-shared-';

const ofFile = new Set<string>();
const shared = new Set<string>();

process.on('exit', () => {
  removeTemporaryFolders();
  removeAll(shared);
});

/** Makes an empty folder that is removed after this file of tests, or with this process where no tests run. */
export const temporaryFolder = (name: string): string => make(`vidpipe-${name}-`, ofFile);

/** Makes an empty folder for what files of tests share: it is removed when this process ends, or else after the run. */
export const sharedFolder = (name: string): string => make(`${SHARED}${name}-`, shared);

/** Removes what {@link temporaryFolder} made. */
export const removeTemporaryFolders = (): void => removeAll(ofFile);

function make(prefix: string, owned: Set<string>): string {
  const folder = mkdtempSync(path.join(tmpdir(), prefix));
  owned.add(folder);
  return folder;
}

function removeAll(owned: Set<string>): void {
  for (const folder of owned) {
    // A server that a failed test left may write until it is gone.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    owned.delete(folder);
  }
}

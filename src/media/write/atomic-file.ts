import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Puts a file in place whole or not at all: `produce` writes into a directory of its own beside
 * `toFile` and returns which file there is the one; it is flushed to disk and renamed. The directory
 * is gone afterwards, whatever happened.
 */
export async function writeWhole<Result>(
  toFile: string,
  produce: (directory: string) => Promise<{ file: string; result: Result }>,
): Promise<Result> {
  // Beside the target: a rename is atomic only within a file system.
  const directory = await mkdtemp(join(dirname(toFile), '.making-'));
  try {
    const { file, result } = await produce(directory);
    await flush(file);
    await rename(file, toFile);
    await flush(dirname(toFile));
    return result;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function flush(path: string) {
  await using handle = await open(path);
  await handle.sync();
}

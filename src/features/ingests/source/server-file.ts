/** Films that lie on the server, in the one folder that they may be taken from. */
import { constants, createWriteStream } from 'node:fs';
import { type FileHandle, open, readlink, realpath } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DomainError, InvalidInputError } from '../../../core/errors.ts';
import type { IngestLimits } from '../../../platform/context.ts';
import { tooLarge } from './download.ts';
import { requireFilm } from './require-film.ts';
import { HEAD_BYTES, refused } from './sniff.ts';

/**
 * Name of a file within the folder, as it is kept: no link leads out of it, and what is there is a file of its own.
 *
 * @throws {InvalidInputError} naming `path`; it is the same for what is not there and what lies elsewhere.
 */
export async function nameOnServer(given: string, { folder }: IngestLimits): Promise<string> {
  if (folder === null)
    throw not('Films are not taken from this server: VIDPIPE_INGEST_PATH names no folder.');
  const file = await openWithin(folder, given);
  if (!file) throw not('Must be the path of a film in the folder that VIDPIPE_INGEST_PATH names.');
  await file.handle.close();
  return file.name;
}

const not = (message: string) => new InvalidInputError([{ path: ['path'], message }]);

/**
 * Copies it to `toFile`: what is in the library must not change when the original does.
 *
 * @throws {DomainError} `SOURCE_FAILED` if it is gone, too large or no film.
 */
export async function copyFromServer(
  name: string,
  { folder, mostBytes }: IngestLimits,
  {
    toFile,
    signal,
    onProgress,
  }: { toFile: string; signal: AbortSignal; onProgress: (share: number) => void },
): Promise<void> {
  const file = folder === null ? null : await openWithin(folder, name);
  if (!file) throw refused('it is not in the folder of the server any more');
  await using handle = file.handle;
  const { size } = await handle.stat();
  if (size > mostBytes) throw tooLarge(mostBytes);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  requireFilm(buffer.subarray(0, bytesRead));
  let read = 0;
  const source = handle.createReadStream({ start: 0, autoClose: false });
  source.on('data', (chunk) => {
    read += chunk.length;
    if (read > mostBytes) source.destroy(tooLarge(mostBytes));
    onProgress(read / size);
  });
  await pipeline(source, createWriteStream(toFile), { signal });
}

/** Never waits for a pipe, and does not take a link at the end; null for what is no file of this folder. */
async function openWithin(
  folder: string,
  given: string,
): Promise<{ handle: FileHandle; name: string } | null> {
  if (given.includes('\0')) return null;
  const root = await realpath(folder).catch(() => null);
  if (root === null)
    throw new DomainError('SOURCE_FAILED', 'The folder that VIDPIPE_INGEST_PATH names is not there.');
  const real = await realpath(path.resolve(root, given)).catch(() => null);
  if (real === null || !isBelow(root, real)) return null;
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(real, flags).catch(() => null);
  if (!handle) return null;
  // A folder on the way may have become a link between the look and the opening: what was opened counts.
  const opened = await readlink(`/proc/self/fd/${handle.fd}`).catch(() => real);
  if (isBelow(root, opened) && (await handle.stat()).isFile())
    return { handle, name: path.relative(root, real) };
  await handle.close();
  return null;
}

function isBelow(root: string, file: string): boolean {
  const relative = path.relative(root, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}

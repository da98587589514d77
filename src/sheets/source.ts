import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LIMITS } from './limits.ts';
import { refused } from './problem.ts';

/** A file by its path, or its bytes. */
export type SheetSource = string | Uint8Array | AsyncIterable<Uint8Array>;

/**
 * A file with these bytes, of the folder for temporary files and gone when it is disposed of; a path is taken as it is.
 *
 * @throws {SheetRefused} FILE_TOO_LARGE, as soon as it is; the signal's reason; the error of the source.
 */
export async function asFile(
  source: SheetSource,
  signal?: AbortSignal,
): Promise<AsyncDisposable & { path: string }> {
  if (typeof source === 'string') return { path: source, async [Symbol.asyncDispose]() {} };
  const folder = await mkdtemp(path.join(tmpdir(), 'vidpipe-rows-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const file = path.join(folder, 'sheet');
  try {
    await write(file, source instanceof Uint8Array ? [source] : source, signal);
    return { path: file, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function write(
  file: string,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<void> {
  await using handle = await open(file, 'wx', 0o600);
  let bytes = 0;
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    bytes += chunk.length;
    if (bytes > LIMITS.fileBytes)
      throw refused(
        'FILE_TOO_LARGE',
        `It has more than ${LIMITS.fileBytes} bytes, which is the most that is read.`,
      );
    await handle.writeFile(chunk);
  }
}

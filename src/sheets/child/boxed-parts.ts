/** Reads a file in a process of its own, which has nothing to lose. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { limitReached } from '../../media/child/death.ts';
import type { ChildMessage } from '../../media/child/protocol.ts';
import { siblingScript, startChild } from '../../media/child/child.ts';
import { refused, SheetRefused } from '../problem.ts';
import type { SheetPart } from '../sheet.ts';
import { LONGEST_LINE_BYTES, type ReadSheetJob, type SheetLine } from './protocol.ts';

export type BoxOptions = {
  signal?: AbortSignal | undefined;
  /** Seconds of CPU time that reading may take. */
  cpuSeconds?: number | undefined;
  /** Mebibytes of its JavaScript heap. */
  heapMebibytes?: number | undefined;
};

/** Ours: the largest files that are read take a fifth of it. */
const CPU_SECONDS = 60;
/** Ours: the largest table of texts of a workbook fits in twice. */
const HEAP_MEBIBYTES = 320;
/** It writes no files. */
const FILE_BYTES = 2 ** 20;
/** Seconds without a word while somebody waits for it. */
const SILENCE_SECONDS = 120;
const STDERR_TAIL_CHARS = 4_000;

/**
 * What `readParts` gives, from a process with limits of memory and time that sees no secret. It stops while nobody asks
 * for the next part, and is ended with this generator.
 *
 * @throws {SheetRefused} as `readParts`, and READING_TOO_COSTLY.
 * @throws the signal's reason; an Error if somebody ended the process, or it failed in what no file should make it fail.
 */
export async function* boxedParts(job: ReadSheetJob, options: BoxOptions): AsyncGenerator<SheetPart> {
  const { signal, cpuSeconds = CPU_SECONDS, heapMebibytes = HEAP_MEBIBYTES } = options;
  signal?.throwIfAborted();
  const script = siblingScript(import.meta.url, './read-sheet.child');
  const child = startChild(script, { cpuSeconds, heapMebibytes, fileBytes: FILE_BYTES, isHeard: true });
  const kill = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', kill, { once: true });
  const death = watchDeath(child);
  // Its death says more than that it could not be told.
  child.send(job, () => {});
  try {
    for await (const line of linesOf(child)) {
      if ('end' in line) return;
      if ('refused' in line) throw new SheetRefused(line.refused);
      yield line;
    }
    throw await death;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', kill);
    kill();
  }
}

async function* linesOf(child: ChildProcess): AsyncGenerator<SheetLine> {
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of patiently(child)) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...held, chunk.subarray(from, at)]);
      [held, bytes, from] = [[], 0, at + 1];
      yield JSON.parse(line.toString()) as SheetLine;
    }
    held.push(Buffer.from(chunk.subarray(from)));
    bytes += chunk.length - from;
    release(chunk);
    if (bytes > LONGEST_LINE_BYTES)
      throw new Error('The process that reads sheets wrote what no row can be.');
  }
}

/**
 * Gives the memory of a chunk back now: chunks live long enough to be old to V8, which lets 20 MB of them come together
 * before it collects those.
 */
function release({ buffer, length }: Buffer): void {
  // Node gives each reading of a pipe memory of its own; whatever shares it with others is left alone.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === length) buffer.transfer(0);
}

/** Ends the child if it lets whoever waits for it wait too long. */
async function* patiently(child: ChildProcess): AsyncGenerator<Buffer> {
  const chunks = (child.stdout as Readable)[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  for (;;) {
    const timer = setTimeout(() => child.kill('SIGXCPU'), SILENCE_SECONDS * 1_000);
    const { value, done } = await chunks.next().finally(() => clearTimeout(timer));
    if (done) return;
    yield value;
  }
}

/** What it died of, once it has. */
function watchDeath(child: ChildProcess): Promise<Error> {
  let stderr = '';
  let failure = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_TAIL_CHARS);
  });
  child.on('message', (message: ChildMessage) => {
    if (message.kind === 'failure') failure = message.failure.message;
  });
  const cannotStart = new Promise<Error>((resolve) => void child.once('error', resolve));
  const closed = once(child, 'close').then(([code, signal]) => {
    const limit = limitReached(signal as NodeJS.Signals | null, stderr);
    if (limit === 'TIME' || limit === 'MEMORY') return tooCostly(limit);
    return new Error(`The process that reads sheets ended (${signal ?? code}): ${failure || stderr.trim()}`);
  });
  return Promise.race([cannotStart, closed.catch((error: Error) => error)]);
}

const tooCostly = (limit: 'TIME' | 'MEMORY') =>
  refused(
    'READING_TOO_COSTLY',
    `To read it takes more ${limit === 'TIME' ? 'time' : 'memory'} than a file may take; save the sheet alone, or as CSV.`,
  );

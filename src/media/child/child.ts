import { type ChildProcess, spawn } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DomainError, InvalidInputError } from '../../core/errors.ts';
import { COMPILE_CACHE } from '../../platform/compile-cache.ts';
import { deathOf, KilledChild, mediaFailed } from './death.ts';
import type { ChildFailure, ChildMessage } from './protocol.ts';
import { ChildWatch, SilentChild } from './watch.ts';

export type ChildOptions = {
  /** Kills the child at once; the call then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Called with the share done, 0 to 1. */
  onProgress?: ((share: number) => void) | undefined;
  /** CPU seconds the child may use before the kernel ends it. */
  cpuSeconds?: number | undefined;
  /** Largest file the child may write, bytes. */
  fileBytes?: number | undefined;
  /** Mebibytes of its JavaScript heap; with more it dies. Unless given, as the system has them. */
  heapMebibytes?: number | undefined;
  /** Seconds by the clock that the child may take; unless given, four times its CPU seconds and never under two minutes. */
  wallSeconds?: number | undefined;
  /** Seconds without a sign of work after which the child is ended, and its job given to another one, once. */
  silenceSeconds?: number | undefined;
};

/** An hour of CPU encodes far more film than a storyboard may ask for; a hung decoder never ends. */
const CPU_SECONDS = 3_600;
/** Two minutes: a child that works tells it every ten seconds (`tellWork`), also when the machine is very busy. */
const SILENCE_SECONDS = 120;
/** A machine that does four things at once is slow, not stuck. */
const WALL_PER_CPU_SECOND = 4;
/** 16 GiB: no film of ours comes near; a runaway muxer fills a disk. */
const FILE_BYTES = 16 * 2 ** 30;
/** Enough of stderr to hold FFmpeg's last complaints. */
const STDERR_TAIL_CHARS = 2_000;
/** POSIX counts `ulimit -f` in blocks of this many bytes. */
const ULIMIT_BLOCK_BYTES = 512;
/**
 * No address-space limit: V8 reserves far more than it uses. The soft CPU limit's signal names the
 * cause, the hard one behind it ends a child that ignores it. Where the system's own limit is
 * stricter, setting ours fails and the system's stays.
 */
const LIMITED_EXEC =
  '{ ulimit -St "$1"; ulimit -Ht "$(($1 + 5))"; ulimit -f "$2"; } 2>/dev/null; shift 2; exec "$@"';

/** Of a child with little memory: garbage of young objects is collected when there is so much of it; more would only stay resident. */
const SEMI_SPACE_MEBIBYTES = 8;

/**
 * A child takes and returns megabytes with every frame. Allocators give such blocks back to the kernel and fault
 * them in anew, and huge pages make it worse where the machine is a guest whose host takes free memory away:
 * reading a 720p canvas took 2 ms or 17 ms, by chance. Kept, and in small pages, it takes 2 to 4 ms every time.
 */
const KEEP_MEMORY = {
  // glibc: the most it takes for the first is 32 MiB (mallopt(3)); more is ignored.
  MALLOC_MMAP_THRESHOLD_: String(32 * 2 ** 20),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 30),
  // mimalloc, which the canvas allocates with: no huge pages, nothing given back.
  MIMALLOC_ALLOW_THP: '0',
  MIMALLOC_PURGE_DELAY: '-1',
};

/** URL of the child script `name` beside the calling module, in the caller's form: .ts from src, .js from dist. */
export const siblingScript = (callerUrl: string, name: string): URL =>
  new URL(`${name}${extname(new URL(callerUrl).pathname)}`, callerUrl);

/**
 * Runs one job in a process of its own and returns what the script's handler returned (`serveChildJob`).
 *
 * The job and the result cross as JSON. The child sees no secret of this process's environment, runs
 * under limits of time and file size, and never outlives this process. It may leave files behind when it
 * is killed: give it paths in a place you clean. One that is stopped, swapped out or stuck is killed; where it was, or
 * somebody else killed it, its job is done once more from the beginning by another.
 *
 * @throws the signal's reason, when aborted.
 * @throws {DomainError} MEDIA_FAILED, when the job failed or the child died; the message says why and keeps the system's words ("No space left on device").
 * @throws {InvalidInputError} INVALID_INPUT, as the handler threw it.
 */
export const runInChild = <Result>(script: URL, job: unknown, options: ChildOptions = {}): Promise<Result> =>
  askChild(() => startChild(script, options), job, options);

/** Gives a child a job and waits for its answer; see `runInChild`. `startOrTake` is called for each try, unless the signal has fired. */
export async function askChild<Result>(
  startOrTake: () => ChildProcess,
  job: unknown,
  options: AskOptions,
): Promise<Result> {
  try {
    return (await askOnce(startOrTake, job, options)) as Result;
  } catch (error) {
    if (!(error instanceof SilentChild || error instanceof KilledChild)) throw error;
  }
  return (await askOnce(startOrTake, job, options)) as Result;
}

type AskOptions = Pick<
  ChildOptions,
  'signal' | 'onProgress' | 'cpuSeconds' | 'wallSeconds' | 'silenceSeconds'
>;

async function askOnce(startOrTake: () => ChildProcess, job: unknown, options: AskOptions): Promise<unknown> {
  options.signal?.throwIfAborted();
  const child = startOrTake();
  const kill = () => child.kill('SIGKILL');
  options.signal?.addEventListener('abort', kill, { once: true });
  const watch = new ChildWatch(kill, limitsOf(options));
  try {
    return await settle(child, job, options, watch);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw watch.verdict() ?? error;
  } finally {
    watch.end();
    options.signal?.removeEventListener('abort', kill);
  }
}

const limitsOf = ({ cpuSeconds = CPU_SECONDS, wallSeconds, silenceSeconds }: AskOptions) => ({
  wallSeconds: wallSeconds ?? Math.max(SILENCE_SECONDS, cpuSeconds * WALL_PER_CPU_SECOND),
  silenceSeconds: silenceSeconds ?? SILENCE_SECONDS,
});

export type StartOptions = Pick<ChildOptions, 'cpuSeconds' | 'fileBytes' | 'heapMebibytes'> & {
  /** Whether somebody reads what it writes to its standard output. */
  isHeard?: boolean;
};

/** Starts a child that waits for its job, under its limits. */
export function startChild(
  script: URL,
  { cpuSeconds = CPU_SECONDS, fileBytes = FILE_BYTES, heapMebibytes, isHeard = false }: StartOptions,
): ChildProcess {
  const limits = [Math.ceil(cpuSeconds), Math.ceil(fileBytes / ULIMIT_BLOCK_BYTES)].map(String);
  const heap =
    heapMebibytes === undefined
      ? []
      : [`--max-old-space-size=${heapMebibytes}`, `--max-semi-space-size=${SEMI_SPACE_MEBIBYTES}`];
  const node = [process.execPath, ...heap, fileURLToPath(script)];
  return spawn('sh', ['-c', LIMITED_EXEC, 'sh', ...limits, ...node], {
    stdio: ['ignore', isHeard ? 'pipe' : 'ignore', 'pipe', 'ipc'],
    // A group of its own: Ctrl-C in a terminal is for this process, which ends its work in order.
    detached: true,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TMPDIR: process.env['TMPDIR'],
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      ...KEEP_MEMORY,
    },
  });
}

/** Resolves once nothing writes any more, so that the caller can clean up: with the exit, or the answer of a child that stays. */
function settle(
  child: ChildProcess,
  job: unknown,
  { onProgress }: Pick<ChildOptions, 'onProgress'>,
  watch: ChildWatch,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let stderr = '';
    let last: ChildMessage | undefined;
    const onText = (text: string) => {
      watch.heard();
      stderr = (stderr + text).slice(-STDERR_TAIL_CHARS);
    };
    const onMessage = (message: unknown) => {
      watch.heard();
      const report = message as ChildMessage;
      if (report.kind === 'working') return;
      if (report.kind === 'progress') return onProgress?.(report.share);
      last = report;
      if (report.kind === 'result' && report.stays) end(() => resolve(report.result));
    };
    const onError = (cause: Error) => end(() => reject(mediaFailed(`cannot start: ${cause.message}`, cause)));
    const onClose = (code: number | null, signal: NodeJS.Signals | null) =>
      end(() => {
        if (last?.kind === 'result') resolve(last.result);
        else if (last?.kind === 'failure') reject(revive(last.failure, stderr));
        else reject(deathOf(code, signal, stderr));
      });
    const end = (outcome: () => void) => {
      child.stderr?.off('data', onText);
      child.off('message', onMessage).off('error', onError).off('close', onClose);
      outcome();
    };
    child.stderr?.setEncoding('utf8').on('data', onText);
    child.on('message', onMessage).once('error', onError).once('close', onClose);
    // A child that dies before it reads its job is reported by 'close', with the better reason.
    child.send(job as object, () => {});
  });
}

function revive({ code, message, issues }: ChildFailure, stderr: string): DomainError {
  const [first, ...rest] = issues;
  if (code === 'INVALID_INPUT' && first) return new InvalidInputError([first, ...rest]);
  const complaint = lastLine(stderr);
  return new DomainError(code, complaint ? `${message} (${complaint})` : message);
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.trim() ?? '';

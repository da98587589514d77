/** Programs of the machine that are no part of vidpipe, under limits. */
import { type ChildProcess, spawn } from 'node:child_process';
import { DomainError } from '../../core/errors.ts';
import { deathOf } from './death.ts';

export type ProgramOptions = {
  /** Ends it at once; the call then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Seconds of CPU time that it may use. */
  cpuSeconds: number;
  /** Bytes of a file that it may write. */
  fileBytes: number;
  /** Mebibytes of memory that it may take. */
  memoryMebibytes: number;
  /** Folder that it works in. */
  directory: string;
  /** Each line that it tells, on its standard output or its standard error. */
  onLine?: ((line: string) => void) | undefined;
};

/** A program that waits for something that does not come is ended. */
const WALL_PER_CPU_SECOND = 10;
const LEAST_WALL_SECONDS = 120;
const ULIMIT_BLOCK_BYTES = 512;
const KIBIBYTES = 1_024;
const TAIL_CHARS = 2_000;
/** A longer line is no line of a program that we run. */
const LONGEST_LINE_CHARS = 100_000;

/**
 * Starts the program, and a guard that ends it when this process is gone: the guard's standard input ends then. Both are in a group
 * of their own, so that one signal reaches them.
 */
const GUARDED = `
ulimit -St "$1"; ulimit -Ht "$(($1 + 5))"; ulimit -f "$2"; ulimit -v "$3" 2>/dev/null; shift 3
exec 3<&0
"$@" </dev/null 3<&- & program=$!
{ cat <&3; kill -9 $program; } >/dev/null 2>&1 & guard=$!
exec 3<&-
wait $program; code=$?
kill -9 $guard 2>/dev/null
exit $code`;

/** `sh` tells by such a code that a signal ended its program. */
const SIGNAL_CODES = 128;
const SIGNALS: Readonly<Record<number, NodeJS.Signals>> = { 9: 'SIGKILL', 24: 'SIGXCPU', 25: 'SIGXFSZ' };

/**
 * Runs a program to its end, within limits of time, memory and output. It sees no secret of this process's environment, and never
 * outlives this process. What it wrote is in its folder, which is the caller's to remove.
 *
 * @throws the signal's reason; {DomainError} MEDIA_FAILED with its last words.
 */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<void> {
  const { signal, cpuSeconds, fileBytes, memoryMebibytes, directory } = options;
  signal?.throwIfAborted();
  const limits = [cpuSeconds, fileBytes / ULIMIT_BLOCK_BYTES, memoryMebibytes * KIBIBYTES].map((limit) =>
    String(Math.ceil(limit)),
  );
  const child = spawn('sh', ['-c', GUARDED, 'sh', ...limits, command, ...args], {
    cwd: directory,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    env: { PATH: process.env['PATH'], HOME: directory, TMPDIR: directory, LC_ALL: 'C' },
  });
  const kill = () => endGroup(child);
  const wallSeconds = Math.max(LEAST_WALL_SECONDS, cpuSeconds * WALL_PER_CPU_SECOND);
  const timer = setTimeout(kill, wallSeconds * 1_000);
  signal?.addEventListener('abort', kill, { once: true });
  try {
    await ended(child, options);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', kill);
    kill();
  }
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

function ended(child: ChildProcess, { onLine }: Pick<ProgramOptions, 'onLine'>): Promise<void> {
  return new Promise((resolve, reject) => {
    let tail = '';
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream?.setEncoding('utf8').on('data', (text: string) => {
        tail = (tail + text).slice(-TAIL_CHARS);
        const lines = (rest + text).split('\n');
        rest = (lines.pop() ?? '').slice(0, LONGEST_LINE_CHARS);
        for (const line of lines) onLine?.(line);
      });
    }
    child.once('error', (cause) =>
      reject(new DomainError('MEDIA_FAILED', `It cannot be started: ${cause.message}`, { cause })),
    );
    child.once('close', (code, signal) => {
      if (code === 0) return resolve();
      const endedBy = signal ?? SIGNALS[(code ?? 0) - SIGNAL_CODES] ?? null;
      reject(deathOf(code, endedBy, tail));
    });
  });
}

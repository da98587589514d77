import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BRIEF_FLAGS } from '../support/brief-flags.ts';

/** The `vidpipe` command, the one with the paid test provider in the animatic's place, and a worker for storms. */
export const VIDPIPE_MAIN = path.resolve('src/main.ts');
export const PAID_MAIN = path.resolve('test/support/paid-provider/main.ts');
export const STORM_WORKER_MAIN = path.resolve('test/chaos/storm-worker.ts');

/** A command, and the settings that lead it to a provider. */
export type Program = { main: string; env: Record<string, string> };

/** A real `vidpipe serve` with the paid test provider, that may be killed and started again. */
export type Machine = {
  /** The process that runs now. */
  pid(): number;
  kill(signal: NodeJS.Signals): void;
  /** Kills it for certain and starts another in its place; resolves once that is ready. */
  restart(): Promise<void>;
  /** Ends it politely. */
  stop(): Promise<void>;
  /** Each time it ended without being told to, or of an error that nobody caught, with the end of what it said. */
  mishaps(): readonly string[];
};

/** A test that gives up must not leave them working. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Seconds a process may take to be ready, with a cold cache on a busy machine. */
const READY_SECONDS = 180;

/** Starts one; resolves once it is ready. */
export async function startMachine(
  args: string[],
  env: Record<string, string>,
  main = PAID_MAIN,
): Promise<Machine> {
  const mishaps: string[] = [];
  let child = await start(main, args, env, mishaps);
  return {
    mishaps: () => mishaps,
    pid: () => child.pid ?? 0,
    kill(signal) {
      told.add(child);
      child.kill(signal);
    },
    async restart() {
      await end(child, 'SIGKILL');
      child = await start(main, args, env, mishaps);
    },
    stop: () => end(child, 'SIGTERM'),
  };
}

/** One that does all; or, where they share a database, an API and two workers. */
export async function startMachines(isShared: boolean, env: Record<string, string>): Promise<Machine[]> {
  if (!isShared) return [await startMachine([], env)];
  const api = await startMachine(['--role', 'api'], env);
  const worker = () => startMachine(['--role', 'worker'], env);
  return [api, await worker(), await worker()];
}

/** Those that were told to end. */
const told = new WeakSet<ChildProcess>();

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  told.add(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

async function start(
  main: string,
  args: string[],
  env: Record<string, string>,
  mishaps: string[],
): Promise<ChildProcess> {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [...BRIEF_FLAGS, main, 'serve', ...args], {
    env: { PATH, TMPDIR: tmpdir(), LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  watch(child, mishaps);
  await ready(child, args);
  return child;
}

/** Characters of a process's last words that are kept. */
const LAST_WORDS = 2_000;
/** What Node says of an error that nobody caught: its own version comes last. */
const UNCAUGHT = /uncaught|unhandled|^Node\.js v\d/im;

function watch(child: ChildProcess, mishaps: string[]): void {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    process.stderr.write(text);
    said = (said + text).slice(-LAST_WORDS);
  });
  child.once('close', (code, signal) => {
    const isTold = told.has(child) && (signal !== null || code === 0);
    if (!isTold || UNCAUGHT.test(said)) mishaps.push(`ended (${code ?? signal}): ${said.trim()}`);
  });
}

function ready(child: ChildProcess, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`serve ${args.join(' ')} ${why}`));
    const timer = setTimeout(() => fail(`was not ready in ${READY_SECONDS} s`), READY_SECONDS * 1_000);
    let printed = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      if (!/vidpipe is (ready|working)/.test(printed)) return;
      clearTimeout(timer);
      resolve();
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      fail(`ended (${code ?? signal}): ${printed}`);
    });
  });
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

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
  let child = await start(main, args, env);
  return {
    pid: () => child.pid ?? 0,
    kill: (signal) => child.kill(signal),
    async restart() {
      await end(child, 'SIGKILL');
      child = await start(main, args, env);
    },
    stop: () => end(child, 'SIGTERM'),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

async function start(main: string, args: string[], env: Record<string, string>): Promise<ChildProcess> {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [main, 'serve', ...args], {
    env: { PATH, LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  await ready(child, args);
  return child;
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

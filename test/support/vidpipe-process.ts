/** Runs the command line as a person does: a process of its own, judged by what it prints and ends with. */
import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BRIEF_FLAGS } from './brief-flags.ts';
import { makeDataDir } from './embedded-template.ts';
import { temporaryFolder } from './temporary/folder.ts';

export type Ended = { code: number | null; stdout: string; stderr: string };

export type VidpipeProcess = {
  child: ChildProcess;
  /** Resolves with the first match in what was printed so far or will be; rejects if the process ends before. */
  saw(pattern: RegExp): Promise<RegExpExecArray>;
  ended: Promise<Ended>;
};

const MAIN = path.resolve('src/main.ts');
/** The same program with a paid test provider in the animatic's place; `PAID_PROVIDER_URL` names its server. */
const PAID_MAIN = path.resolve('test/support/paid-provider/main.ts');

/** A process that outlives its test is a bug; it must not outlive the suite too. */
const STUCK = { timeout: 240_000, killSignal: 'SIGKILL' } as const;

/** Empty. */
export const newDataDir = (): string => temporaryFolder('cli');

/** Starts `vidpipe ...args`; nothing of the environment but `env` reaches its settings. */
export function startVidpipe(args: string[], env: Record<string, string>, stdin = ''): VidpipeProcess {
  const { PATH = '' } = process.env;
  const main = 'PAID_PROVIDER_URL' in env ? PAID_MAIN : MAIN;
  const child = spawn(process.execPath, [...BRIEF_FLAGS, main, ...args], {
    env: { PATH, TMPDIR: tmpdir(), ...env },
    stdio: 'pipe',
    ...STUCK,
  });
  const output = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      for (const listen of listeners) listen();
    });
  }
  child.stdin?.on('error', () => {}).end(stdin);
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, ...output }));
  });

  const saw = (pattern: RegExp) => {
    const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>();
    const listen = () => {
      const match = pattern.exec(output.stdout) ?? pattern.exec(output.stderr);
      if (match) resolve(match);
    };
    listeners.add(listen);
    listen();
    void ended.then(({ stdout, stderr }) =>
      reject(new Error(`ended without ${pattern}:\n${stdout}${stderr}`)),
    );
    return promise.finally(() => listeners.delete(listen));
  };
  return { child, saw, ended };
}

/** Runs `vidpipe ...args` to its end. */
export const runVidpipe = (args: string[], env: Record<string, string>, stdin?: string): Promise<Ended> =>
  startVidpipe(args, env, stdin).ended;

/**
 * Serves on a free port until the test stops it; `env` lets other commands find it.
 *
 * @param more of the server's environment alone.
 */
export async function serveVidpipe(more: Record<string, string> = {}) {
  const env = { VIDPIPE_DATA_DIR: await makeDataDir(), PORT: '0', LOG_LEVEL: 'silent' };
  const server = startVidpipe(['serve'], { ...env, ...more });
  const [url] = await server.saw(/http:\S+\/graphql/);
  const stop = async () => {
    server.child.kill('SIGCONT');
    server.child.kill('SIGTERM');
    return server.ended;
  };
  return { env, url, child: server.child, saw: (pattern: RegExp) => server.saw(pattern), stop };
}

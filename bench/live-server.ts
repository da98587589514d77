import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestDatabase } from '../test/support/test-database.ts';

const CLOCK_TICKS_PER_SECOND = 100;

/** What `npm start` tells Node. */
function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

/** A server in a process of its own, watched from outside. */
export class LiveServer {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  /** Runs a program with no other settings than these; resolves once it prints its address. */
  static async start(args: string[], env: Record<string, string> = {}): Promise<LiveServer> {
    const { PATH = '' } = process.env;
    const child = spawn(process.execPath, args, {
      env: { PATH, TMPDIR: tmpdir(), ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    return new Promise((resolve, reject) => {
      child.once('exit', () => reject(new Error(`No server: ${printed}`)));
      child.stdout?.on('data', (text: Buffer) => {
        printed += String(text);
        const [url] = /http:\S+\/graphql/.exec(printed) ?? [];
        if (url !== undefined) resolve(new LiveServer(child, url));
      });
    });
  }

  /** Our own API process, or all of vidpipe on the embedded database; of another version, if `checkout` is the folder of one. */
  static vidpipe(
    { databaseUrl, dataDir }: Pick<TestDatabase, 'databaseUrl' | 'dataDir'>,
    checkout = '.',
  ): Promise<LiveServer> {
    const collector = path.join(import.meta.dirname, 'collect-on-signal.ts');
    const program = path.join(checkout, 'src/main.ts');
    const role = databaseUrl === null ? 'all' : 'api';
    return LiveServer.start(
      [...startFlags(), '--import', collector, program, 'serve', '--role', role, '--port', '0'],
      {
        ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
        VIDPIPE_DATA_DIR: dataDir,
        VIDPIPE_MAX_SOCKETS: '100000',
        VIDPIPE_MAX_SOCKETS_PER_KEY: '100000',
        VIDPIPE_MAX_WAITING_SOCKETS_PER_ADDRESS: '100000',
        LOG_LEVEL: 'error',
      },
    );
  }

  /** CPU time of user and system that it has had. */
  get cpuMicroseconds(): number {
    const fields = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return ((Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND) * 1e6;
  }

  /** Resident memory. */
  get memoryKib(): number {
    return this.#status('VmRSS');
  }

  /** The most that it was, since it started or since {@link forgetPeak}. */
  get peakKib(): number {
    return this.#status('VmHWM');
  }

  /** From here on the peak is that of what comes (proc(5), clear_refs). */
  forgetPeak(): void {
    writeFileSync(`/proc/${this.#child.pid}/clear_refs`, '5');
  }

  #status(field: string): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]);
  }

  /** What our own process still holds of its JavaScript heap once its garbage is collected. */
  heldKib(): Promise<number> {
    return new Promise((resolve) => {
      const hear = (text: Buffer) => {
        const [, bytes] = /holds (\d+) bytes/.exec(String(text)) ?? [];
        if (bytes === undefined) return;
        this.#child.stdout?.off('data', hear);
        resolve(Number(bytes) / 1_024);
      };
      this.#child.stdout?.on('data', hear);
      this.#child.kill('SIGUSR2');
    });
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }
}

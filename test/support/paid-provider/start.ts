import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { COMPILE_CACHE } from '../../../src/platform/compile-cache.ts';
import { temporaryFolder } from '../temporary/folder.ts';
import type { Fault, LedgerEntry, Settings } from './protocol.ts';

export type PaidProviderProcess = {
  /** For `paidProvider` and for `PAID_PROVIDER_URL`. */
  url: string;
  port: number;
  /** Give it and the port to the next start, and it goes on where this one ended. */
  ledgerFile: string;
  /** Everything that was ever bought, in order, and how it stands. */
  ledger(): Promise<LedgerEntry[]>;
  /** Scripts faults, behind those that are there. */
  fault(...faults: Fault[]): Promise<void>;
  /** Forgets faults that have not struck yet; so does a restart. */
  clearFaults(): Promise<void>;
  /** Changes how it behaves from now on: 500 ms a clip, cancels and refunds unless said. */
  settings(changes: Partial<Settings>): Promise<void>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Ends it. */
  stop(): Promise<void>;
};

const SERVER = fileURLToPath(new URL('server.ts', import.meta.url));

/**
 * Starts a paid test provider and waits until it listens. It ends with this process at the latest.
 *
 * @param options.ledger file of what was bought so far; a new one unless given.
 * @param options.port a free one unless given.
 * @param options.server another provider's server that takes the same orders.
 */
export async function startPaidProvider(
  options: { ledger?: string; port?: number; server?: string } = {},
): Promise<PaidProviderProcess> {
  const { ledger, port = 0, server = SERVER } = options;
  const ledgerFile = ledger ?? path.join(temporaryFolder('paid'), 'ledger.jsonl');
  const child = spawn(process.execPath, [server, '--ledger', ledgerFile, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE },
  });
  const url = await firstLine(child);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    // Not 'close': what was read to its first line only never ends.
    await once(child, 'exit');
  };
  return {
    url,
    port: Number(new URL(url).port),
    ledgerFile,
    ledger: () => control<LedgerEntry[]>(url, 'GET', 'ledger'),
    fault: (...faults) => control(url, 'POST', 'faults', faults),
    clearFaults: () => control(url, 'DELETE', 'faults'),
    settings: (changes) => control(url, 'POST', 'settings', changes),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The paid test provider has no stdout.');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('The paid test provider did not start.');
}

/** Gives a provider's server an order. */
export async function control<Answer>(
  url: string,
  method: string,
  route: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(new URL(route, url), {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${route}: ${await response.text()}`);
  return (await response.json()) as Answer;
}

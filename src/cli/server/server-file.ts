/** `<data dir>/server.json`: where the server that has this data directory is reached. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { isAlive } from './is-alive.ts';

const content = z.object({ url: z.url(), pid: z.int().positive(), instance: z.string() });

/** Where a server is, and what it calls itself. */
export type Announcement = { url: string; instance: string };

/** How long a server may take to say that it is there, in milliseconds. */
const PROBE_MS = 2_000;

const fileIn = (dataDir: string) => path.join(dataDir, 'server.json');

/**
 * Tells other processes that this one serves `dataDir`.
 *
 * @returns a function that takes it back.
 */
export function announceServer(dataDir: string, { url, instance }: Announcement): () => void {
  const file = fileIn(dataDir);
  const part = `${file}.${process.pid}`;
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(part, `${JSON.stringify({ url, pid: process.pid, instance })}\n`);
  renameSync(part, file);
  return () => {
    if (read(dataDir)?.pid === process.pid) rmSync(file, { force: true });
  };
}

/** Address of the server that has `dataDir`; undefined if none answers there. */
export async function findServer(dataDir: string): Promise<string | undefined> {
  const announced = read(dataDir);
  if (!announced || !isAlive(announced.pid)) return undefined;
  // A process id may have passed to another program, and the port to a third: what answers there must be who it was.
  return (await instanceAt(announced.url)) === announced.instance ? announced.url : undefined;
}

function read(dataDir: string) {
  try {
    return content.safeParse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8'))).data;
  } catch {
    // Absent, unreadable or half of a file: then nobody is announced.
    return undefined;
  }
}

const health = z.object({ instance: z.string() });

async function instanceAt(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(PROBE_MS) });
    return response.ok ? health.safeParse(await response.json()).data?.instance : undefined;
  } catch {
    return undefined;
  }
}

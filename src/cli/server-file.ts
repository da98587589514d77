/** `<data dir>/server.json`: where the server that has this data directory is reached. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { isAlive } from './is-alive.ts';

const content = z.object({ url: z.url(), pid: z.int().positive() });

/** How long a server may take to say that it is there, in milliseconds. */
const PROBE_MS = 2_000;

const fileIn = (dataDir: string) => path.join(dataDir, 'server.json');

/**
 * Tells other processes that this one serves `dataDir` at `url`.
 *
 * @returns a function that takes it back.
 */
export function announceServer(dataDir: string, url: string): () => void {
  const file = fileIn(dataDir);
  const part = `${file}.${process.pid}`;
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(part, `${JSON.stringify({ url, pid: process.pid })}\n`);
  renameSync(part, file);
  return () => {
    if (read(dataDir)?.pid === process.pid) rmSync(file, { force: true });
  };
}

/** Address of the server that has `dataDir`; undefined if none answers there. */
export async function findServer(dataDir: string): Promise<string | undefined> {
  const announced = read(dataDir);
  if (!announced || !isAlive(announced.pid)) return undefined;
  // A process id may have passed to another program, and a port with it.
  return (await answers(announced.url)) ? announced.url : undefined;
}

function read(dataDir: string) {
  try {
    return content.safeParse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8'))).data;
  } catch {
    // Absent, unreadable or half of a file: then nobody is announced.
    return undefined;
  }
}

const answers = (url: string) =>
  fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(PROBE_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );

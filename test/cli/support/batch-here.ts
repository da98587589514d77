/** `vidpipe` within this process: what it prints, what a person answers, and sheets to ask for. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { vi } from 'vitest';
import { runCli } from '../../../src/cli/run-cli.ts';
import { temporaryFolder } from '../../support/temporary/folder.ts';
import type { TestApi } from '../../support/test-api.ts';

export const vidpipeBatch = (api: TestApi, ...args: string[]) => vidpipeHere(api, 'batch', ...args);

/** Runs it as `vidpipe` does, and keeps what it prints. */
export async function vidpipeHere(api: TestApi, ...args: string[]) {
  const printed = { stdout: '', stderr: '' };
  const keep = (name: keyof typeof printed, end: string) => (text: unknown) => {
    const words = text instanceof Uint8Array ? Buffer.from(text).toString() : String(text);
    printed[name] += `${words}${end}`;
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep('stdout', ''));
  vi.spyOn(process.stderr, 'write').mockImplementation(keep('stderr', ''));
  vi.spyOn(console, 'log').mockImplementation(keep('stdout', '\n'));
  vi.spyOn(console, 'error').mockImplementation(keep('stderr', '\n'));
  try {
    const code = await runCli([...args, '--url', `${api.api.url}/graphql`]);
    return { code, ...printed };
  } finally {
    vi.restoreAllMocks();
  }
}

/** Runs it with a person at the terminal who says this. */
export async function answering<Result>(words: string, run: () => Promise<Result>): Promise<Result> {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const own = Object.getOwnPropertyDescriptor(process, 'stdin') ?? {};
  Object.defineProperty(process, 'stdin', { value: stdin, configurable: true });
  process.stderr.isTTY = true;
  try {
    stdin.write(words);
    return await run();
  } finally {
    Object.defineProperty(process, 'stdin', own);
    process.stderr.isTTY = false;
  }
}

export const jsonLines = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; [field: string]: unknown });

let sheets = 0;

/** A sheet in a file of its own. */
export function sheet(...rows: string[]): string {
  sheets += 1;
  const file = path.join(temporaryFolder('batch'), `films-${sheets}.csv`);
  writeFileSync(file, `${rows.join('\n')}\n`);
  return file;
}
export const idIn = (text: string) => /job_[0-9a-f-]{36}/.exec(text)?.[0] ?? '';

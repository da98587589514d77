/** Files of tests share a process: what it is before the first one, and what all of them can use. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { providers } from '../../src/providers/registry.ts';

const untouched = { env: { ...process.env }, providers: { ...providers } };

/** Makes the process what it was before the first test. */
export function restoreProcess(): void {
  become(process.env, untouched.env);
  become(providers, untouched.providers);
}

function become<T extends object>(what: T, wanted: T): void {
  for (const key of Object.keys(what)) if (!(key in wanted)) delete what[key as keyof T];
  Object.assign(what, wanted);
}

const pglite = path.dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
/** V8 compiles a module once for as long as it is held: every database after the first one opens in a moment. */
export const heldPglite = await WebAssembly.compile(await readFile(path.join(pglite, 'pglite.wasm')));

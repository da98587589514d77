#!/usr/bin/env node
// Starts vidpipe on the Node that came with it, whatever Node the machine has.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = path.join(root, 'dist/main.js');
const main = existsSync(built) ? built : path.join(root, 'src/main.ts');
const nodePackage = createRequire(import.meta.url).resolve('node/package.json');
const node = path.join(path.dirname(nodePackage), 'bin/node');

const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`Cannot start ${node}: ${error.message}`);
  process.exitCode = 4;
});
child.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + constants.signals[signal];
});

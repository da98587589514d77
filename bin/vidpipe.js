#!/usr/bin/env node
// Starts vidpipe on the Node that came with it, whatever Node the machine has.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// The same in package.json and the Dockerfile. V8 gives young objects up to three times 32 MiB, and keeps them: reading a
// sheet of 100,000 rows takes 100 MB more then, and no less time. With less room, more of a sheet's rows outlive a
// collection, from which V8 concludes that such objects are best made among the old: 200 MB of garbage that nobody collects.
const FLAGS = ['--max-semi-space-size=8', '--no-allocation-site-pretenuring'];

const root = fileURLToPath(new URL('..', import.meta.url));
const built = path.join(root, 'dist/main.js');
const main = existsSync(built) ? built : path.join(root, 'src/main.ts');
const nodePackage = createRequire(import.meta.url).resolve('node/package.json');
const node = path.join(path.dirname(nodePackage), 'bin/node');

const child = spawn(node, [...FLAGS, main, ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`Cannot start ${node}: ${error.message}`);
  process.exitCode = 4;
});
child.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + constants.signals[signal];
});

import os from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { BRIEF_FLAGS } from './test/support/brief-flags.ts';

/** One more than there are cores: many of our tests wait for a process or a clock. */
const WORKERS = os.availableParallelism() + 1;

/** What hangs is told of soon where somebody waits for it; machines of CI are now and then several times slower. */
const PATIENCE_MS = process.env['CI'] === undefined ? 60_000 : 240_000;

export default defineConfig({
  // Vite takes graphql's development build where Node takes the other; `instanceof` fails between the two.
  resolve: {
    alias: [{ find: /^graphql$/, replacement: path.resolve('node_modules/graphql/index.mjs') }],
  },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: PATIENCE_MS,
    hookTimeout: PATIENCE_MS,
    // What is waited for comes at once, or late where hundreds of processes share two cores.
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: WORKERS,
    execArgv: BRIEF_FLAGS,
    // Every file would load, compile and connect everything anew: half of all the work.
    isolate: false,
    tags: [{ name: 'long', description: 'Takes more than a few seconds: `npm run test:all` only.' }],
    globalSetup: 'test/support/temporary/run.ts',
    setupFiles: ['test/support/setup.ts'],
  },
});

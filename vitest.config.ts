import os from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** Vitest leaves a core idle, of two the half; most of our tests wait for a process or a clock. */
const WORKERS = Math.max(2, os.availableParallelism() - 1);

export default defineConfig({
  // Vite takes graphql's development build where Node takes the other; `instanceof` fails between the two.
  resolve: {
    alias: [{ find: /^graphql$/, replacement: path.resolve('node_modules/graphql/index.mjs') }],
  },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: WORKERS,
    // Every file would load, compile and connect everything anew: half of all the work.
    isolate: false,
    setupFiles: ['test/support/setup.ts'],
  },
});

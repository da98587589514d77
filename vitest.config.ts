import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Without the alias Vitest loads two copies of graphql, and instanceof checks between them fail.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
});

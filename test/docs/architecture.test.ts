/** docs/architecture.md: every file that it names is there. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every file that the walks name is there', () => {
  const page = readFileSync('docs/architecture.md', 'utf8');
  const named = [...page.matchAll(/`((?:src|prisma)\/[^`]+)`/g)].map(([, file = '']) => file);
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((file) => !existsSync(file))).toEqual([]);
});

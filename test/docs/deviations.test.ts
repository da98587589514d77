/** docs/google-deviations.md: each row names tests that are there. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tableOf } from '../support/markdown-table.ts';

const page = readFileSync('docs/google-deviations.md', 'utf8');
const TABLES = { Omni: 25, Veo: 27 } as const;

describe.each(Object.entries(TABLES))('deviations of %s', (title, count) => {
  const rows = tableOf(page, title);

  test(`are all told, D1 to D${count}, in order`, () => {
    expect(rows.map(([number]) => number)).toEqual(
      Array.from({ length: count }, (_, index) => `D${index + 1}`),
    );
  });

  test.each(rows)('%s (%s): its tests are there', (_number, _really, _done, tests = '') => {
    if (tests === '-') return;
    const named = [...tests.matchAll(/`(test\/[^`]+\.ts)`: ([^;]+)/g)];
    expect(named).not.toEqual([]);
    for (const [, file = '', claim = ''] of named) expect(readFileSync(file, 'utf8')).toContain(claim.trim());
  });
});

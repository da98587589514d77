import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SETTINGS } from '../../src/platform/settings/settings.ts';

const fallbackOf = ({ name, fallback }: { name: string; fallback: string | null }) => {
  if (name === SETTINGS.concurrency.name) return 'number of processors';
  return fallback === null ? 'none' : `\`${fallback}\``;
};

const rowsOf = (markdown: string) =>
  markdown
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.replaceAll(/ +/g, ' '));

test('docs/settings.md tells every setting as the program knows it', () => {
  const rows = Object.values(SETTINGS).map((setting) => {
    const cells = [`\`${setting.name}\``, fallbackOf(setting), setting.accepts, setting.meaning];
    return `| ${cells.join(' | ')} |`;
  });
  expect(rowsOf(readFileSync('docs/settings.md', 'utf8'))).toEqual(rows);
});

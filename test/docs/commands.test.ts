import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';

const page = readFileSync('docs/cli.md', 'utf8');

/** The commands that do something, as they are typed. */
const typed = (command: Command, before = ''): string[] => {
  const name = `${before}${command.name()}`;
  if (command.commands.length === 0) return [name];
  return command.commands.flatMap((part) => typed(part, `${name} `));
};

test.each(typed(createProgram(() => {})))('docs/cli.md tells what `%s` does', (command) => {
  expect(page).toMatch(new RegExp(`^\\| \`${command}[ \`]`, 'mu'));
});

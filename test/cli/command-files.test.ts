import path from 'node:path';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { type CliCommand, defineCommand } from '../../src/cli/command/command.ts';
import { COMMANDS } from '../../src/cli/program.ts';
import { filesUnder, sources } from '../support/sources.ts';

const commands = COMMANDS.flatMap((entry) => ('commands' in entry ? entry.commands : entry));

/** What a person types for a command, as messages name it: `--title`, `PROJECT`, `prompt`. */
function typed({ kinds = [], ...own }: CliCommand): string[] {
  const command = new Command();
  for (const group of [...kinds, own]) group.takes?.(command);
  const names = command.registeredArguments.flatMap((argument) => argument.name().split('|'));
  return [
    ...command.options.map(({ long }) => String(long)),
    ...names,
    ...names.map((name) => name.toUpperCase()),
  ];
}

test('a command calls the fields of its input what it takes', () => {
  const wrong = commands.flatMap((command) =>
    [...(command.kinds ?? []), command]
      .flatMap(({ fields = {} }) => Object.values(fields))
      .filter((word) => !typed(command).includes(word))
      .map((word) => `${command.name} ${word}`),
  );
  expect(wrong).toEqual([]);
});

test('two commands call a field the same, or say with the request what they mean', () => {
  const another = { name: 'another', summary: '', run: async () => 0 as const };
  expect(() => defineCommand({ ...another, fields: { title: '--name' } })).toThrow('--title of one command');
});

test('what is asked of the server stands beside the code that asks it', () => {
  const asked = sources().filter(({ file }) => file.startsWith('src/cli/'));
  const operations = filesUnder('src/cli', '.graphql').flatMap(({ file, text }) =>
    [...text.matchAll(/^(?:query|mutation|subscription) (\w+)/gm)].map(([, name]) => ({ file, name })),
  );
  expect(operations.length).toBeGreaterThan(20);
  const apart = operations.filter(
    ({ file, name }) =>
      !asked.some(
        (source) =>
          path.dirname(source.file) === path.dirname(file) && source.text.includes(`${name}Document`),
      ),
  );
  expect(apart).toEqual([]);
});

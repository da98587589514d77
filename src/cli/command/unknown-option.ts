import type { Command } from 'commander';

/**
 * What to say of an option that the command does not take, where others do: a person has not mistyped it.
 *
 * @param argv the words of the command line.
 * @returns undefined for an option that no command takes.
 */
export function otherCommands(
  program: Command,
  argv: readonly string[],
  message: string,
): string | undefined {
  const [, flag] = /unknown option '(--[\w-]+)/.exec(message) ?? [];
  const takers = program.commands
    .filter(({ options }) => options.some(({ long }) => long === flag))
    .map((command) => command.name());
  const name = argv.find((word) => program.commands.some((command) => command.name() === word));
  if (flag === undefined || name === undefined || takers.length === 0) return undefined;
  return `${flag}: vidpipe ${name} does not take it; leave it out. It goes with vidpipe ${listOf(takers)}.`;
}

const listOf = (names: readonly string[]): string =>
  names.length === 1 ? String(names[0]) : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

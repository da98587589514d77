import type { Command } from 'commander';

/**
 * What to say of an option that stands where it cannot, or that the command does not take where others do: a person has
 * not mistyped it.
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
  const command = commandIn(program, argv);
  if (flag === undefined || command === program) return undefined;
  const takers = leavesOf(program).filter((leaf) => takes(leaf, flag));
  if (takers.includes(command))
    return `${flag}: options come after the command; write vidpipe ${nameOf(command)} … ${flag}.`;
  if (takers.length === 0) return undefined;
  return `${flag}: vidpipe ${nameOf(command)} does not take it; leave it out. It goes with vidpipe ${listOf(takers.map(nameOf))}.`;
}

/** The command that the words name, whatever stands between them; the program itself if they name none. */
const commandIn = (program: Command, argv: readonly string[]): Command =>
  argv.reduce((at, word) => at.commands.find((command) => command.name() === word) ?? at, program);

const leavesOf = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);

const takes = ({ options }: Command, flag: string): boolean => options.some(({ long }) => long === flag);

/** As it is typed after `vidpipe`: `keys list`. */
const nameOf = (command: Command): string =>
  command.parent?.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();

const listOf = (names: readonly string[]): string =>
  names.length === 1 ? String(names[0]) : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

/** What a command is: it says of itself all that the command line knows of it. */
import type { Command } from 'commander';
import { type ApiWords, learn } from './api-words.ts';
import type { ExitCode } from './exit-codes.ts';

/** Arguments and options that go together, and what the API calls them. */
export type OptionGroup = ApiWords & {
  /** Adds them to a command. */
  takes?(command: Command): void;
};

export type CliCommand = OptionGroup & {
  name: string;
  /** What it does, in a line of `--help`. */
  summary: string;
  /** What it has in common with others, its own options being told after it: a server, a price, a film to wait for. */
  kinds?: readonly OptionGroup[];
  /** Does it. Gets the arguments one by one, then the options. */
  run(...given: never[]): Promise<ExitCode>;
};

/** Commands said behind a noun, as in `vidpipe keys list`. */
export type CliNoun = { name: string; summary: string; commands: readonly CliCommand[] };

/**
 * Makes the words of a command known to whatever tells a person what the API said.
 *
 * @returns the command, for `program.ts` to load.
 */
export function defineCommand(command: CliCommand): CliCommand {
  for (const words of [...(command.kinds ?? []), command]) learn(words);
  return command;
}

/**
 * Adds a command, or the commands of a noun, to a program.
 *
 * @param finish gets the exit code of the command that ran.
 */
export function addTo(program: Command, added: CliCommand | CliNoun, finish: (code: ExitCode) => void): void {
  const command = program.command(added.name).description(added.summary);
  if ('commands' in added) {
    for (const one of added.commands) addTo(command, one, finish);
    return;
  }
  for (const group of [...(added.kinds ?? []), added]) group.takes?.(command);
  // Commander's own object comes last.
  command.action(async (...given: unknown[]) => finish(await added.run(...(given.slice(0, -1) as never[]))));
}

/** The command line as it was typed, which a job keeps: in the morning a person wants to know what they asked for. */
import type { Command } from 'commander';
import { redactText } from '../../core/redact/redact.ts';
import type { OptionGroup } from '../command/command.ts';

/** What a command takes that keeps its command line. */
export type TypedOptions = { typed?: string };

/** The server keeps no longer one. */
const MOST_CHARACTERS = 2_000;

/** A command whose job keeps what was typed. */
export const keepingCommand: OptionGroup = {
  takes: (command) =>
    command.hook('preAction', (_program, acting) => {
      acting.setOptionValue('typed', commandLineOf(wordsOf(acting)));
    }),
};

/** Commander's own record of what it was given, which its types leave out. */
function wordsOf(command: Command): readonly string[] {
  if (command.parent) return wordsOf(command.parent);
  return (command as Command & { rawArgs?: readonly string[] }).rawArgs ?? [];
}

/** As a shell would take it again, without passwords and keys; cut where it is too long to be kept. */
export function commandLineOf(words: readonly string[]): string {
  const line = redactText(['vidpipe', ...words.map(quoted)].join(' '));
  return line.length <= MOST_CHARACTERS ? line : `${line.slice(0, MOST_CHARACTERS - 1).toWellFormed()}…`;
}

const quoted = (word: string): string =>
  /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

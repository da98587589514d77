import type { OptionGroup } from '../command/command.ts';

/** A command that programs may read. */
export const withJson: OptionGroup = {
  takes: (command) => command.option('--json', 'one JSON object a line, for programs'),
};

/** Writes a value as one line of JSON to stdout. */
export const printJson = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`);

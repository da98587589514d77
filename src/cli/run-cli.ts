import { type Command, CommanderError } from 'commander';
import { InvalidSettingsError } from '../platform/config.ts';
import { CliFailure, EXIT, type ExitCode } from './command/exit-codes.ts';
import { otherCommands } from './command/unknown-option.ts';
import { printJson } from './output/json.ts';
import { oneLine } from './output/text-width.ts';
import { createProgram } from './program.ts';

/**
 * Runs the command that `argv` asks for. Whatever goes wrong is told on stderr in one line, the stack only with
 * LOG_LEVEL=debug; with `--json` the last line of stdout tells it to programs.
 *
 * @param argv without the program and its file.
 * @param prepare done first; what it throws is told like any other failure.
 * @returns what the process is to end with.
 */
export async function runCli(argv: readonly string[], prepare: () => unknown = () => {}): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const program = createProgram((code) => {
    exitCode = code;
  });
  try {
    prepare();
    await program.parseAsync(withHelp(argv), { from: 'user' });
    return exitCode;
  } catch (error) {
    return report(inWords(error, program, argv), argv.includes('--json'));
  }
}

/** `help keys create` is `keys create --help`: commander's own knows the first word alone. */
const withHelp = ([first, ...rest]: readonly string[]): string[] =>
  first === 'help' ? [...rest, '--help'] : first === undefined ? [] : [first, ...rest];

/** The same, where a command was typed wrongly: in words that tell the way out. */
function inWords(error: unknown, program: Command, argv: readonly string[]): unknown {
  if (!(error instanceof CommanderError) || error.exitCode === 0) return error;
  const words =
    otherCommands(program, argv, error.message) ??
    conflict(error.message) ??
    usageMessage(error, helpOf(program, argv));
  return new CliFailure(EXIT.badInput, words, { cause: error });
}

/** What lists the commands among which the typed one was looked for. */
function helpOf({ commands }: Command, argv: readonly string[]): string {
  const noun = commands.find((command) => command.commands.length > 0 && argv.includes(command.name()));
  return noun ? `vidpipe ${noun.name()} --help` : 'vidpipe --help';
}

function conflict(message: string): string | undefined {
  const [, one, other] = /option '(--[\w-]+).*' cannot be used with option '(--[\w-]+)/.exec(message) ?? [];
  return one && other && `${one}: does not go with ${other}; leave one of them out.`;
}

function report(error: unknown, json: boolean): ExitCode {
  // Help and the version were asked for and printed.
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
  const failure = asFailure(error);
  const message = oneLine(failure.message);
  if (json) printJson({ type: 'error', exitCode: failure.exitCode, code: failure.code, message });
  process.stderr.write(`${message}\n`);
  if (process.env['LOG_LEVEL'] === 'debug') console.error(error);
  return failure.exitCode;
}

function asFailure(error: unknown): CliFailure {
  if (error instanceof CliFailure) return error;
  if (error instanceof InvalidSettingsError) return new CliFailure(EXIT.badInput, error.message);
  const reason = error instanceof Error ? error.message : String(error);
  return new CliFailure(EXIT.failed, `A bug in vidpipe: ${reason} (LOG_LEVEL=debug tells more)`, {
    cause: error,
  });
}

/** `--clip-duration: Must be a number of seconds.` out of commander's sentence. */
function usageMessage({ code, message }: CommanderError, help: string): string {
  if (code === 'commander.help') return `Name a command; ${help} lists them.`;
  const [, flag, reason] =
    /^error: (?:option|command-argument value) .*?(--[\w-]+|'\w+').* is invalid[^.]*\. (.*)$/s.exec(
      message,
    ) ?? [];
  const [, variable] = /from env '(\w+)' is invalid/.exec(message) ?? [];
  if (variable !== undefined) return `${variable}: ${reason}`;
  if (flag !== undefined && reason !== undefined) return `${flag}: ${reason}`;
  return `${message.replace(/^error: /, '')} (${help})`;
}

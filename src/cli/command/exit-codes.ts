/** What the command line ends with; docs/cli.md tells them to people. */
export const EXIT = {
  ok: 0,
  /** The server refused or failed at what was asked. */
  failed: 1,
  /** Wrong usage, a wrong value or a wrong setting; nothing was begun. */
  badInput: 2,
  /** The film exists, with gaps. */
  partial: 3,
  /** The server can be neither reached nor started. */
  noServer: 4,
  /** The run that was waited for was paused; it can go on. */
  paused: 5,
  /** Cancelled, by Ctrl-C or elsewhere. */
  cancelled: 130,
  /** Nobody reads the output any more, as after `| head`. As a shell says it: 128 and SIGPIPE. */
  unread: 141,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An end that a person is told in one line: what is wrong, and the way out. */
export class CliFailure extends Error {
  override readonly name = 'CliFailure';
  readonly exitCode: ExitCode;
  /** Code of the API for programs; null if it did not come from there. */
  readonly code: string | null;

  constructor(exitCode: ExitCode, message: string, options: ErrorOptions & { code?: string } = {}) {
    super(message, options);
    this.exitCode = exitCode;
    this.code = options.code ?? null;
  }
}

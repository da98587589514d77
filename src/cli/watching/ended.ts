import { CliFailure, EXIT, type ExitCode } from '../command/exit-codes.ts';
import type { BillFragment, ErrorCode, RunStatus } from '../generated/graphql.ts';
import { billWords } from '../output/money.ts';

type Ended = {
  status: RunStatus;
  errorCode: ErrorCode | null;
  errorMessage: string | null;
  cost: BillFragment;
};

const EXIT_OF: Partial<Record<RunStatus, ExitCode>> = {
  COMPLETED: EXIT.ok,
  PARTIAL: EXIT.partial,
  CANCELLED: EXIT.cancelled,
};

/**
 * The exit code of a run that ended with something to show.
 *
 * @param place where what was finished stays: id of a project or a video.
 * @throws {CliFailure} if it was cancelled or failed, with what it cost.
 */
export function exitCodeOf({ status, errorCode, errorMessage, cost }: Ended, place: string): ExitCode {
  const exitCode = EXIT_OF[status] ?? EXIT.failed;
  const bill = billWords(cost);
  const spent = bill && ` ${bill}.`;
  if (exitCode === EXIT.cancelled)
    throw new CliFailure(exitCode, `Cancelled; what was finished stays in ${place}.${spent}`);
  if (exitCode === EXIT.failed) {
    const reason = errorMessage ?? `it ended as ${status}`;
    throw new CliFailure(exitCode, `The run failed: ${reason}${spent}`, { code: errorCode ?? 'INTERNAL' });
  }
  return exitCode;
}

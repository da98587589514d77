/** What becomes of a command whose output cannot be written any more. */
import { EXIT } from '../command/exit-codes.ts';

const STREAMS = [process.stdout, process.stderr];

/**
 * Ends this process at once where its output goes nowhere: quietly if its reader left (`| head`), else with a line on
 * stderr, as on a full disk. What a server has begun for it goes on.
 */
export function endWithReader(): void {
  for (const stream of STREAMS) stream.on('error', leave);
}

/** Takes `endWithReader` back, for a process whose work is worth more than what it prints. */
export function goOnUnread(): void {
  for (const stream of STREAMS) stream.off('error', leave).on('error', () => {});
}

function leave({ code }: NodeJS.ErrnoException): void {
  if (code === 'EPIPE') process.exit(EXIT.unread);
  process.stderr.write(`stdout: cannot be written (${code}).\n`);
  process.exit(EXIT.failed);
}

import { InvalidInputError } from '../../core/errors.ts';
import type { SubtitlesRefused } from '../../subtitles/problem.ts';

/** Why a file is no subtitles, with the line; names `file`. */
export function refusalOf({ problem: { line, reason } }: SubtitlesRefused): InvalidInputError {
  const isTold = line === null || new RegExp(String.raw`\bline ${line}\b`).test(reason);
  const message = isTold ? reason : `Line ${line}: ${reason}`;
  return new InvalidInputError([{ path: ['file'], message }]);
}

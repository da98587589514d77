/** What became of a media process that gave no answer. */
import { DomainError } from '../../core/errors.ts';

/** MEDIA_FAILED, in words that go on after "The media process". */
export const mediaFailed = (why: string, cause?: unknown) =>
  new DomainError('MEDIA_FAILED', `The media process ${why}`, { cause });

/** Somebody ended the media process: a person, or the system for want of memory. That says nothing of its job. */
export class KilledChild extends DomainError {
  constructor(signal: NodeJS.Signals, stderr: string) {
    super('MEDIA_FAILED', `The media process ${withWords(`was ended by ${signal}`, stderr)}`);
  }
}

/** What a process may have only so much of: CPU time, memory of its heap, bytes of a file that it writes. */
export type ChildLimit = 'TIME' | 'MEMORY' | 'FILE';

const EXCESSES: Readonly<Record<ChildLimit, string>> = {
  TIME: 'it used more CPU time than it may',
  MEMORY: 'it used more memory than it may',
  FILE: 'it wrote a larger file than it may',
};

/** The media process came to one of its limits, and would again. */
export class OverLimit extends DomainError {
  readonly limit: ChildLimit;

  constructor(limit: ChildLimit, how: string, stderr: string) {
    super('MEDIA_FAILED', `The media process ${withWords(`${how} (${EXCESSES[limit]})`, stderr)}`);
    this.limit = limit;
  }
}

/** V8's last words. It aborts then, by a signal or not. */
const OUT_OF_MEMORY = /heap out of memory|Array buffer allocation failed/;

/** Which limit a process came to, from how it ended and its last words; null where it was none. */
export function limitReached(signal: NodeJS.Signals | null, stderr: string): ChildLimit | null {
  if (signal === 'SIGXCPU') return 'TIME';
  if (signal === 'SIGXFSZ') return 'FILE';
  return OUT_OF_MEMORY.test(stderr) ? 'MEMORY' : null;
}

/** Why it is dead, from how it ended and its last words. */
export function deathOf(code: number | null, signal: NodeJS.Signals | null, stderr: string): DomainError {
  const how = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
  const limit = limitReached(signal, stderr);
  if (limit !== null) return new OverLimit(limit, how, stderr);
  return signal === null ? mediaFailed(withWords(how, stderr)) : new KilledChild(signal, stderr);
}

const withWords = (death: string, stderr: string): string =>
  stderr.trim() ? `${death}: ${stderr.trim()}` : `${death}.`;

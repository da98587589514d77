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

/** Why it is dead, from how it ended and its last words. */
export function deathOf(code: number | null, signal: NodeJS.Signals | null, stderr: string): DomainError {
  if (signal === null) return mediaFailed(withWords(`ended with exit code ${code}`, stderr));
  const limit = LIMITS[signal];
  if (limit === undefined) return new KilledChild(signal, stderr);
  return mediaFailed(withWords(`was ended by ${signal} (${limit})`, stderr));
}

const LIMITS: Partial<Record<NodeJS.Signals, string>> = {
  SIGXCPU: 'it used more CPU time than it may',
  SIGXFSZ: 'it wrote a larger file than it may',
};

const withWords = (death: string, stderr: string): string =>
  stderr.trim() ? `${death}: ${stderr.trim()}` : `${death}.`;

import { DomainError } from '../../core/errors.ts';

/** The failure of work that needs a file which is not in the storage; no further try would bring it back. */
export const fileGone = (key: string): DomainError =>
  new DomainError('MEDIA_FAILED', `The file ${key} is gone from the storage.`);

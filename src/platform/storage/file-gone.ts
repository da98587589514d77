import { DomainError } from '../../core/errors.ts';

/**
 * The failure of work that needs a file which is not in the storage; no further try would bring it back. Its key means
 * nothing to people: it is not in the message.
 */
export class FileGone extends DomainError {
  readonly key: string;

  constructor(key: string) {
    super(
      'MEDIA_FAILED',
      'A file that is needed is gone from the storage. What it was of is noticed within the hour, and made again by the next run.',
    );
    this.key = key;
  }
}

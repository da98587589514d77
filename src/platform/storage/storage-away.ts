import { DomainError } from '../../core/errors.ts';
import { messageOf } from '../../core/outside-text.ts';

/** The storage does not give or take a file for now: once it is mended, the same work may be done. */
export class StorageAway extends DomainError {
  constructor(what: string, cause: unknown) {
    super('MEDIA_FAILED', `${what}: ${messageOf(cause)}`, { cause });
  }
}

/** Work missed a file or folder of its own, and the storage is there: it may have been away for a moment. Worth another try. */
export class StorageMissed extends DomainError {
  constructor(cause: Error) {
    super('MEDIA_FAILED', cause.message, { cause });
  }
}

/** Whether work failed for want of the storage. */
export const isForWantOfStorage = (error: unknown): boolean =>
  error instanceof StorageAway || (error instanceof Error && isForWantOfStorage(error.cause));

/** For whoever asked for a file: what it was given instead. */
export function throwNotRead(cause: unknown): never {
  if (cause instanceof StorageAway) throw cause;
  throw new StorageAway('The storage gives no file', cause);
}

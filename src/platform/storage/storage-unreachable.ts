/** The bucket does not answer, does not exist or lets nobody in: the message says which, and names the bucket. */
export class StorageUnreachableError extends Error {
  override readonly name = 'StorageUnreachableError';

  /** @param location bucket and folder, as in `s3://bucket/folder`; holds no credentials. */
  constructor(location: string, cause: unknown) {
    super(`cannot use ${location}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

import type { Readable } from 'node:stream';
import type { Incoming } from './incoming.ts';
import type { Shelf } from './shelf.ts';
import type { ListedFile } from './listed-file.ts';

/** A file of the storage, with what tells it from another that has the same key. */
export type StoredFile = ListedFile & {
  /** Strong HTTP entity tag, quotes included: changes with the content. */
  etag: string;
};

/** Bytes of a file, both ends included. */
export type ByteRange = { start: number; end: number };

/**
 * Files by key, on this machine or on a server that many machines share.
 *
 * A key is `<workspaceId>/files/<id>.<extension>`, or one of before they were so. It is whole or absent. Its file may
 * be put there again by a step that is repeated after a crash, but never changes once a row names it.
 */
export type Storage = {
  /** Whether its folder held no file of anybody's when it was opened; false for a bucket, for nobody looks. */
  readonly isNew: boolean;
  /**
   * Hands out the files of keys as paths on this machine, in the order of the keys: to be read, never to be written.
   * Where they had to be fetched, the copies are removed afterwards.
   *
   * @throws {StorageAway} if the storage does not answer, or does not let it be read.
   * @throws {DomainError} `MEDIA_FAILED` naming the first key that has no file.
   */
  withFiles<Result>(keys: readonly string[], use: (paths: string[]) => Promise<Result>): Promise<Result>;
  /** Hands out a path for work in progress; what still lies there afterwards is removed. */
  withTemporary<Result>(extension: string, use: (file: string) => Promise<Result>): Promise<Result>;
  /** Moves a finished file of {@link withTemporary}, or of the shelf, to its key, in place of the one that was there. Tries once. */
  keep(temporaryFile: string, key: string): Promise<void>;
  /** Where a finished file waits while it cannot be kept. */
  shelf: Shelf;
  /** Where files from outside lie while they come; {@link keep} takes them from there, too. */
  incoming: Incoming;
  /**
   * Folder where uploads lie until they are brought in, on the disk of {@link incoming}, made when the first comes. Null
   * where there is no disk that all share: then they lie among the files.
   */
  readonly uploadsFolder: string | null;
  /** Removes the files of keys, also from the shelf; absent is fine. */
  remove(...keys: string[]): Promise<void>;
  /** Bytes of a key's file; null if there is none. */
  size(key: string): Promise<number | null>;
  /** What is known of a key's file; null if there is none. */
  stat(key: string): Promise<StoredFile | null>;
  /**
   * Streams a key's file, or a range that lies within it.
   *
   * The stream fails if the file is gone.
   */
  read(key: string, range?: ByteRange): Promise<Readable>;
  /** Every file below a prefix, in no order; all of them for `''`. Work in progress is not among them. */
  list(prefix: string): AsyncIterable<ListedFile>;
  /** Bytes free for work in progress on this machine's disk. */
  freeBytes(): Promise<number>;
  /** Where a key's file is, for people: a path on this machine, or an address as in `s3://bucket/key`. */
  locationOf(key: string): string;
  /** Finds out whether files can be listed now; throws what stands in the way. */
  check(): Promise<void>;
  /** Ends it and removes the work in progress of this process. */
  close(): Promise<void>;
};

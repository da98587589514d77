/** Where uploads lie until they are brought in. */
import type { Tx } from '../../../platform/database/database.ts';

export type Taking = {
  /** Where it is put; what an earlier try left there is gone on with, or done anew. */
  toFile: string;
  signal: AbortSignal;
  onProgress: (share: number) => void;
};

export type UploadPlace = {
  /** Bytes that are here to stay, whatever the row says; null while somebody has it who may still take some back. */
  settledBytes(tx: Tx, id: string): Promise<bigint | null>;
  /**
   * Puts a whole upload into a file; the upload stays, for a step that was killed is done again.
   *
   * @throws {DomainError} `SOURCE_FAILED` if it is gone, or no film; `INSUFFICIENT_DISK`.
   * @throws {StorageAway}
   */
  take(id: string, taking: Taking): Promise<void>;
  /**
   * Removes an upload, row and all, whose row `tx` has.
   *
   * @returns keys of files that are nobody's once `tx` has ended; null, with nothing done, if somebody has it.
   */
  end(tx: Tx, id: string): Promise<string[] | null>;
  /** Removes what no row tells of, and no other upkeep finds; how many there were. */
  clearStrays(): Promise<number>;
  /** Bytes that there is room for. */
  freeBytes(): Promise<number>;
};

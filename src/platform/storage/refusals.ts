/** Storage that refuses for a moment: a disk that is full or not mounted, a bucket that is away. */
import { setTimeout as delay } from 'node:timers/promises';

/** Longest that something is tried again with the bytes in hand; ours. What lasts longer, people know of. */
const REFUSING_MILLISECONDS = 180_000;
/** Between two tries; ours. */
const AGAIN_MILLISECONDS = 2_000;

/** What a disk says that may take the same later: full, over its quota, not to be written, broken for a moment, too many files open. */
const OF_DISK =
  /\b(ENOSPC|EDQUOT|EACCES|EPERM|EROFS|EIO|EBUSY|ESTALE|EMFILE|ENFILE)\b|no space left on device|disk quota exceeded/i;

/** Whether a disk refused something that it may take later. Processes of ours tell it in words alone. */
export function isRefusedByDisk(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = '' } = error as NodeJS.ErrnoException;
  return OF_DISK.test(`${code} ${error.message}`) || isRefusedByDisk(error.cause);
}

/** What Node, FFmpeg and the voice say of a file that is not there. */
const OF_NO_FOLDER = /ENOENT|no such file or directory|can't open file|unable to re-open/i;

/** Whether a failure's words are those of a file or a folder that was not there. */
export const tellsOfNoFolder = (error: unknown): error is Error =>
  error instanceof Error && OF_NO_FOLDER.test(error.message);

/** Whether a file that was in hand could not be written or read again; also where its folder is away, and may come back. */
export const isRefusedInHand = (error: unknown): boolean => isRefusedByDisk(error) || tellsOfNoFolder(error);

export type Refusals = {
  /** Whether a failure may pass. */
  mayPass: (error: unknown) => boolean;
  /** Ends the waiting: the failure is then thrown. */
  signal?: AbortSignal | undefined;
};

/**
 * Does something again every two seconds while the storage refuses it, for three minutes at the most.
 *
 * @throws what `work` throws then, or at once where that does not pass.
 */
export async function throughRefusals<Result>(
  work: () => Promise<Result>,
  { mayPass, signal }: Refusals,
): Promise<Result> {
  const end = performance.now() + REFUSING_MILLISECONDS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!mayPass(error) || signal?.aborted || performance.now() > end) throw error;
      await delay(AGAIN_MILLISECONDS, undefined, { ref: false, ...(signal && { signal }) }).catch(() => {});
    }
  }
}

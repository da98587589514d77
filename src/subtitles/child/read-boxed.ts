import { runInChild, siblingScript } from '../../media/child/child.ts';
import { OverLimit } from '../../media/child/death.ts';
import { refused, SubtitlesRefused } from '../problem.ts';
import type { ReadTalk, ReadTalkOptions } from '../read-talk.ts';
import type { ReadTalkJob, TalkAnswer } from './protocol.ts';

export type BoxOptions = {
  signal?: AbortSignal | undefined;
  /** Seconds of CPU time that reading may take. */
  cpuSeconds?: number | undefined;
  /** Mebibytes of its JavaScript heap. */
  heapMebibytes?: number | undefined;
};

/** Ours: the worst of the files that the tests know takes a third of it. */
export const CPU_SECONDS = 30;
/** Ours: a hundred thousand cues with words of their own fit in three times. */
const HEAP_MEBIBYTES = 512;
/** It writes no files. */
const FILE_BYTES = 2 ** 20;

/**
 * `readTalk` of a file, in a process of its own with limits of memory and time.
 *
 * @throws {SubtitlesRefused} as `readTalk`, and READING_TOO_COSTLY.
 * @throws the signal's reason; {DomainError} MEDIA_FAILED if the process failed in what no file should make it fail.
 */
export async function readTalkBoxed(
  file: string,
  options: ReadTalkOptions,
  { signal, cpuSeconds = CPU_SECONDS, heapMebibytes = HEAP_MEBIBYTES }: BoxOptions = {},
): Promise<ReadTalk> {
  const script = siblingScript(import.meta.url, './read-talk.child');
  const job: ReadTalkJob = { file, options };
  const limits = { cpuSeconds, heapMebibytes, fileBytes: FILE_BYTES, signal };
  const answer = await runInChild<TalkAnswer>(script, job, limits).catch((error: unknown) => {
    throw error instanceof OverLimit && error.limit !== 'FILE' ? tooCostly(error) : error;
  });
  if ('refused' in answer) throw new SubtitlesRefused(answer.refused);
  return answer.read;
}

const tooCostly = (cause: OverLimit): SubtitlesRefused =>
  refused(
    'READING_TOO_COSTLY',
    `It takes more ${cause.limit === 'TIME' ? 'time' : 'memory'} to read than subtitles do.`,
    null,
    { cause },
  );

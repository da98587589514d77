import { runInChild, siblingScript } from '../../media/child/child.ts';
import { DomainError } from '../../core/errors.ts';
import { refused, SubtitlesRefused } from '../problem.ts';
import type { ReadSubtitlesOptions, Subtitles } from '../read-subtitles.ts';
import type { ReadSubtitlesJob, SubtitlesAnswer } from './protocol.ts';

/** Ours: the worst of the files that the tests know takes a fifth of it. */
const CPU_SECONDS = 30;
/** Ours: a hundred thousand cues with words of their own fit in three times. */
const HEAP_MEBIBYTES = 512;
/** It writes no files. */
const FILE_BYTES = 2 ** 20;

/**
 * `readSubtitles` of a file, in a process of its own with limits of memory and time.
 *
 * @throws {SubtitlesRefused} as `readSubtitles`; FILE_DAMAGED, too, where reading takes more than it may.
 * @throws the signal's reason.
 */
export async function readSubtitlesBoxed(
  file: string,
  options: ReadSubtitlesOptions,
  signal?: AbortSignal,
): Promise<Subtitles> {
  const script = siblingScript(import.meta.url, './read-subtitles.child');
  const job: ReadSubtitlesJob = { file, options };
  const limits = { cpuSeconds: CPU_SECONDS, heapMebibytes: HEAP_MEBIBYTES, fileBytes: FILE_BYTES, signal };
  const answer = await runInChild<SubtitlesAnswer>(script, job, limits).catch((error: unknown) => {
    throw error instanceof DomainError ? tooCostly(error) : error;
  });
  if ('refused' in answer) throw new SubtitlesRefused(answer.refused);
  return answer.read;
}

const tooCostly = (cause: DomainError): SubtitlesRefused =>
  refused('FILE_DAMAGED', 'It takes more time or memory to read than subtitles do.', null, { cause });

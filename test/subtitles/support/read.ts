import { readSubtitles, type ReadSubtitlesOptions } from '../../../src/subtitles/read-subtitles.ts';
import { SubtitlesRefused } from '../../../src/subtitles/problem.ts';

/** What is read of a text or of bytes. */
export const read = (file: string | Uint8Array, options?: ReadSubtitlesOptions) =>
  readSubtitles(typeof file === 'string' ? Buffer.from(file) : file, options);

/** The cues in short: start, end, text. */
export async function cuesOf(file: string | Uint8Array, options?: ReadSubtitlesOptions) {
  const { cues } = await read(file, options);
  return cues.map(({ startSeconds, endSeconds, text }) => [startSeconds, endSeconds, text]);
}

/** Why a file is refused. */
export async function refusalOf(file: string | Uint8Array, options?: ReadSubtitlesOptions) {
  try {
    await read(file, options);
  } catch (error) {
    if (error instanceof SubtitlesRefused) return error.problem;
    throw error;
  }
  throw new Error('It was read.');
}

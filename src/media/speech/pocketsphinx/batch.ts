import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import { runProgram } from '../../child/run-program.ts';
import type { SpeechSpan } from '../speech-spans.ts';
import type { PocketSphinx } from './installed.ts';

/** A word as PocketSphinx tells it. */
export type HeardWord = {
  /** In small letters, as its dictionary has it. */
  word: string;
  startSeconds: number;
  endSeconds: number;
  /** 0 to 1. */
  confidence: number;
};

export type BatchOptions = {
  signal?: AbortSignal | undefined;
  /** Called with the share of the spans that is done, 0 to 1. */
  onProgress?: ((share: number) => void) | undefined;
};

/** It counts in hundredths of a second. */
const FRAMES_PER_SECOND = 100;
/** Ours: what it takes to load models. */
const LEAST_CPU_SECONDS = 60;
/** CPU seconds for a second of sound: five times what it took. */
const CPU_SHARE = 2;
const FILE_BYTES = 64 * 2 ** 20;
/** Its model has 30 MB, and the sound of a span some more. */
const MEMORY_MEBIBYTES = 2_048;

/**
 * Gives spans of a sound to PocketSphinx, and its words, with times of the sound, for each span.
 *
 * @param speechFile as `speechSound` writes it.
 * @param prepare writes what the search needs into its folder, and answers the arguments that name it; spans are `u0`, `u1` …
 * @throws the signal's reason; {DomainError} MEDIA_FAILED.
 */
export async function runBatch(
  { program, acoustics, timing }: PocketSphinx,
  speechFile: string,
  spans: readonly SpeechSpan[],
  prepare: (directory: string) => Promise<readonly string[]>,
  { signal, onProgress }: BatchOptions = {},
): Promise<HeardWord[][]> {
  if (spans.length === 0) return [];
  const directory = await mkdtemp(join(tmpdir(), 'vidpipe-words-'));
  try {
    const extension = extname(speechFile);
    const name = basename(speechFile, extension);
    const frames = (seconds: number) => Math.round(seconds * FRAMES_PER_SECOND);
    const control = spans.map(
      ({ startSeconds, endSeconds }, index) =>
        `${name} ${frames(startSeconds)} ${frames(endSeconds)} u${index}`,
    );
    await writeFile(join(directory, 'spans'), `${control.join('\n')}\n`);
    const search = await prepare(directory);
    const sound = ['-adcin', 'yes', '-cepdir', dirname(speechFile), '-cepext', extension, ...timing];
    const files = ['-ctl', 'spans', '-hyp', 'hyp', '-ctm', 'words'];
    const seconds = spans.reduce((sum, { startSeconds, endSeconds }) => sum + endSeconds - startSeconds, 0);
    let done = 0;
    await runProgram(program, ['-hmm', acoustics, ...sound, ...files, ...search], {
      signal,
      directory,
      cpuSeconds: LEAST_CPU_SECONDS + CPU_SHARE * seconds,
      fileBytes: FILE_BYTES,
      memoryMebibytes: MEMORY_MEBIBYTES,
      onLine: (line) => {
        if (SPAN_DONE.test(line)) onProgress?.((done += 1) / spans.length);
      },
    });
    return wordsOf(await readFile(join(directory, 'words'), 'utf8'), spans);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const SPAN_DONE = /: u\d+: [\d.]+ seconds speech/;
/** `u0 1 0.20 0.16 and(2) 0.272`: span, channel, start, length, word, how sure. */
const LINE = /^u(\d+) \d+ ([\d.]+) ([\d.]+) (\S+) ([\d.]+)$/;
/** `<sil>`, `[NOISE]`, `++breath++`. */
const NO_WORD = /^[<[(+]/;

function wordsOf(ctm: string, spans: readonly SpeechSpan[]): HeardWord[][] {
  const words: HeardWord[][] = spans.map(() => []);
  for (const line of ctm.split('\n')) {
    const [, span, start, length, word = '', confidence] = LINE.exec(line) ?? [];
    const from = spans[Number(span)]?.startSeconds;
    if (from === undefined || NO_WORD.test(word)) continue;
    words[Number(span)]?.push({
      word: word.replace(/\(\d+\)$/, ''),
      startSeconds: from + Number(start),
      // It tells the last of its frames; a word lasts to the end of it.
      endSeconds: from + Number(start) + Number(length) + 1 / FRAMES_PER_SECOND,
      confidence: Math.min(1, Number(confidence)),
    });
  }
  return words;
}

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SpeechSpan } from '../speech-spans.ts';
import { type BatchOptions, type HeardWord, runBatch } from './batch.ts';
import type { PocketSphinx } from './installed.ts';
import { guessedSounds, spokenParts } from './spoken-parts.ts';

/** A stretch of a sound, and all that is said in it, word by word as it is printed. */
export type SaidStretch = SpeechSpan & { words: readonly string[] };

/** Far wider than to hear: only one way through the words is looked at. */
const SEARCH = ['-beam', '1e-80', '-wbeam', '1e-60', '-pbeam', '1e-80', '-bestpath', 'no', '-fwdflat', 'no'];

/**
 * Finds when known English words are said. Words that the dictionary lacks are guessed at by their letters.
 *
 * @returns for each stretch the times of its words, in order; null where the sound does not fit them.
 * @throws the signal's reason; {DomainError} MEDIA_FAILED.
 */
export async function alignEnglish(
  sphinx: PocketSphinx,
  speechFile: string,
  stretches: readonly SaidStretch[],
  options: BatchOptions = {},
): Promise<(SpeechSpan[] | null)[]> {
  const parts = stretches.map(({ words }) => words.map(spokenParts));
  const known = stretches
    .map((stretch, index) => ({ ...stretch, index, said: parts[index]!.flat() }))
    .filter(({ said }) => said.length > 0);
  const prepare = async (directory: string) => {
    await writeFile(
      join(directory, 'dictionary'),
      await dictionaryOf(
        sphinx,
        known.flatMap(({ said }) => said),
      ),
    );
    for (const [index, { said }] of known.entries())
      await writeFile(join(directory, `u${index}.fsg`), chainOf(`u${index}`, said));
    await writeFile(join(directory, 'chains'), known.map((_, index) => `u${index}\n`).join(''));
    const chains = ['-fsgdir', '.', '-fsgctl', 'chains', '-fsgext', '.fsg'];
    return ['-dict', 'dictionary', ...chains, ...SEARCH];
  };
  const heard = await runBatch(sphinx, speechFile, known, prepare, options);
  const found: (SpeechSpan[] | null)[] = stretches.map(() => null);
  for (const [place, { index, said }] of known.entries())
    found[index] = timesOf(parts[index]!, said, heard[place] ?? []);
  return found;
}

/** A search that takes these words, in this order, and nothing else. */
function chainOf(name: string, said: readonly string[]): string {
  const steps = said.map((word, index) => `TRANSITION ${index} ${index + 1} 1.0 ${word}`);
  const head = [
    `FSG_BEGIN ${name}`,
    `NUM_STATES ${said.length + 1}`,
    'START_STATE 0',
    `FINAL_STATE ${said.length}`,
  ];
  return [...head, ...steps, 'FSG_END', ''].join('\n');
}

/** Of the dictionary's 130,000 words those that are needed: it loads in no time. */
async function dictionaryOf({ dictionary }: PocketSphinx, said: readonly string[]): Promise<string> {
  const missing = new Set(said);
  const wanted = new Set(said);
  const lines: string[] = [];
  for (const line of (await readFile(dictionary, 'latin1')).split('\n')) {
    const word = /^[^\s(]+/.exec(line)?.[0] ?? '';
    if (!wanted.has(word)) continue;
    missing.delete(word);
    lines.push(line);
  }
  return [...lines, ...Array.from(missing, (word) => `${word} ${guessedSounds(word)}`), ''].join('\n');
}

/** Printed words have the times of their parts; those of which nothing is said have none, between their neighbours. */
function timesOf(
  parts: readonly (readonly string[])[],
  said: readonly string[],
  heard: readonly HeardWord[],
): SpeechSpan[] | null {
  if (heard.length !== said.length || heard.some(({ word }, index) => word !== said[index])) return null;
  let at = 0;
  return parts.map(({ length }) => {
    const from = heard[at] ?? heard.at(-1)!;
    at += length;
    if (length === 0) return { startSeconds: from.startSeconds, endSeconds: from.startSeconds };
    return { startSeconds: from.startSeconds, endSeconds: heard[at - 1]!.endSeconds };
  });
}

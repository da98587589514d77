import path from 'node:path';
import { pocketSphinxSource } from '../../../src/features/transcripts/sources/pocketsphinx.ts';
import { type Recording, wordErrors, writeWave } from './recorded.ts';

/** What PocketSphinx hears in a recording, as a video's sound; tells on the console how much of it is wrong. */
export async function heardIn(folder: string, { samples, words: said }: Recording, name: string) {
  const file = path.join(folder, `${name}.wav`);
  await writeWave(file, samples);
  const video = { durationSeconds: samples.length / 16_000 } as never;
  const request = { video, file, language: 'en' };
  const { signal } = new AbortController();
  const { words, confidence } = await pocketSphinxSource.hear({} as never, request, { signal });
  const errors = wordErrors(
    said,
    words.map(({ word }) => word.toLowerCase()),
  );
  console.log(`${name}: ${(errors * 100).toFixed(0)} % of words wrong, confidence ${confidence?.toFixed(2)}`);
  return { words, errors, confidence: confidence ?? 0 };
}

/** What PocketSphinx makes of speech that people recorded: how many words are wrong, and whether it knows. */
import { beforeAll, describe, expect, test } from 'vitest';
import path from 'node:path';
import { DRAFT_BELOW, UNFIT_BELOW } from '../../src/features/transcripts/trust.ts';
import { alignEnglish } from '../../src/media/speech/pocketsphinx/align-english.ts';
import { findPocketSphinx, type PocketSphinx } from '../../src/media/speech/pocketsphinx/installed.ts';
import { speechSound } from '../../src/media/speech/speech-sound.ts';
import { findRecordings } from '../support/needs.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { heardIn } from './support/heard-in.ts';
import { beside, readings, type Recording, writeWave } from './support/recorded.ts';

const recordings = findRecordings();
if (recordings === null)
  console.log('Skipped: pocketsphinx, its model en-us or pocketsphinx-testdata is not installed.');

const folder = temporaryFolder('recorded');
let clean: Recording;
/** Ten seconds: what is heard under noise takes long. */
let short: Recording;
let sphinx: PocketSphinx;

describe.skipIf(recordings === null)('of readings from LibriVox', () => {
  beforeAll(async () => {
    clean = await readings(recordings!);
    short = await readings(recordings!, 2);
    sphinx = (await findPocketSphinx())!;
  });

  test(
    'clean, a third of the words are wrong at most, and no word is outside of the sound',
    { timeout: 300_000 },
    async () => {
      const { words, errors, confidence } = await heardIn(folder, clean, 'clean');
      expect(errors).toBeLessThan(0.35);
      expect(confidence).toBeGreaterThan(DRAFT_BELOW);
      const times = words.flatMap(({ startSeconds, endSeconds }) => [startSeconds, endSeconds]);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
      expect(times.at(-1)).toBeLessThanOrEqual(clean.samples.length / 16_000);
    },
  );

  test(
    'under music they are a draft, and in loud noise unfit for captions',
    { timeout: 300_000 },
    async () => {
      const music = await heardIn(folder, beside(short, 'MUSIC', -10), 'music at -10 dB');
      expect(music.errors).toBeGreaterThan(0.35);
      expect(music.confidence).toBeLessThan(DRAFT_BELOW);
      const noise = await heardIn(folder, beside(short, 'NOISE', 0), 'noise at 0 dB');
      expect(noise.errors).toBeGreaterThan(0.5);
      expect(noise.confidence).toBeLessThan(UNFIT_BELOW);
    },
  );

  test(
    'words that are known are found where they are said, also beside noise',
    { timeout: 300_000 },
    async () => {
      const noisy = beside(clean, 'NOISE', -20);
      const found = await Promise.all(
        [clean, noisy].map(async ({ samples, words }, index) => {
          const [file, toFile] = [path.join(folder, `a${index}.wav`), path.join(folder, `a${index}.raw`)];
          await writeWave(file, samples);
          const durationSeconds = samples.length / 16_000;
          await speechSound({ file, durationSeconds, toFile });
          const [times] = await alignEnglish(sphinx, toFile, [
            { startSeconds: 0, endSeconds: durationSeconds, words },
          ]);
          return times!;
        }),
      );
      const off = found[0]!
        .map(({ startSeconds }, index) => Math.abs(startSeconds - found[1]![index]!.startSeconds))
        .toSorted((one, other) => one - other);
      const at = (share: number) => off[Math.floor(share * (off.length - 1))]! * 1_000;
      console.log(
        `clean against noise at -20 dB: median ${at(0.5).toFixed(0)} ms, p90 ${at(0.9).toFixed(0)} ms`,
      );
      expect(off).toHaveLength(clean.words.length);
      expect(at(0.9)).toBeLessThan(80);
    },
  );
});

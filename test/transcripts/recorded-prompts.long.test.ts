/** What PocketSphinx makes of a telephone exchange's prompts, and whether what it says of itself keeps bad captions back. */
import { beforeAll, describe, expect, test } from 'vitest';
import { isDraft, isFitForCaptions } from '../../src/features/transcripts/trust.ts';
import { findPrompts } from '../support/needs.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { heardIn } from './support/heard-in.ts';
import { prompts } from './support/prompts.ts';
import { beside, type Recording } from './support/recorded.ts';

const folder = findPrompts();
if (folder === null)
  console.log('Skipped: pocketsphinx, its model en-us or asterisk-core-sounds-en-g722 is not installed.');

const work = temporaryFolder('prompts');
const trustIn = (confidence: number) => {
  const transcript = { transcriptionService: 'POCKETSPHINX', confidence } as const;
  return { isDraft: isDraft(transcript), isFitForCaptions: isFitForCaptions(transcript) };
};

describe.skipIf(folder === null)('of prompts of a telephone exchange', () => {
  /** Ten seconds: what is heard under noise takes long. */
  let short: Recording;
  beforeAll(async () => {
    short = await prompts(folder!, 2);
  });

  test('a minute of it, clean, is fit for captions', { timeout: 300_000 }, async () => {
    const recording = await prompts(folder!);
    expect(recording.samples.length / 16_000).toBeGreaterThan(60);
    const { errors, confidence } = await heardIn(work, recording, 'prompts, clean');
    expect(errors).toBeLessThan(0.35);
    expect(trustIn(confidence)).toMatchObject({ isFitForCaptions: true });
  });

  test.each([
    { what: 'MUSIC', decibels: -10 },
    { what: 'NOISE', decibels: 0 },
  ] as const)(
    'under $what at $decibels dB it is wrong, and kept from captions',
    { timeout: 300_000 },
    async ({ what, decibels }) => {
      const { errors, confidence } = await heardIn(
        work,
        beside(short, what, decibels),
        `prompts, ${what} at ${decibels} dB`,
      );
      expect(errors).toBeGreaterThan(0.5);
      expect(trustIn(confidence)).toEqual({ isDraft: true, isFitForCaptions: false });
    },
  );
});

/** FFmpeg's `whisper` filter with models that load: what they say is made up, all else is as with anybody's model. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, truncateSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configureWhisper, whisperSource } from '../../src/features/transcripts/sources/whisper.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { writeWave } from './support/recorded.ts';
import { emptyModel, sayingModel } from './support/whisper-model.ts';

const folder = temporaryFolder('whisper-models');
const at = (name: string) => path.join(folder, name);
const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('vidpipe-speech-'));
const signal = new AbortController().signal;

/** Seconds of the sound: loud from 1 to 5, and from 8 to 11. */
const DURATION = 13;
const video = { durationSeconds: DURATION, audioCodec: 'pcm_s16le' } as never;
const hear = (language: string | null, stop = signal) =>
  whisperSource.hear({} as never, { video, file: at('tone.wav'), language }, { signal: stop });

const model = sayingModel([
  { startSeconds: 0, endSeconds: 4.4, words: [' Er', ' sagte', ' "Ja",', ' und', ' ging', '.'] },
  // Of the silence that a span is filled up with. Whisper has it begin where what was said before ends.
  { startSeconds: 10, endSeconds: 12, words: [' Danke', ' fürs', ' Zuschauen'] },
]);

const isLoud = (seconds: number) => (seconds >= 1 && seconds < 5) || (seconds >= 8 && seconds < 11);

beforeAll(async () => {
  const samples = Int16Array.from({ length: DURATION * 16_000 }, (_, index) =>
    isLoud(index / 16_000) ? 8_000 * Math.sin(index / 7) : 0,
  );
  await writeWave(at('tone.wav'), samples);
});

afterAll(() => configureWhisper(null));

describe('the whisper filter', { timeout: 120_000 }, () => {
  test.each([{ language: 'de' }, { language: null }])(
    'says words of where it is loud alone, with what nothing escapes in them ($language)',
    async ({ language }) => {
      await writeFile(at("it's, a: model.bin"), model);
      configureWhisper(at("it's, a: model.bin"));
      const heard = await hear(language);
      expect(heard).toMatchObject({
        model: "it's, a: model.bin",
        confidence: null,
        isSpread: true,
        language,
      });
      expect(heard.words.map(({ word }) => word).join(' ')).toBe(
        'Er sagte "Ja", und ging. Er sagte "Ja", und ging.',
      );
      const starts = heard.words.map(({ startSeconds }) => startSeconds);
      expect(starts[0]).toBeCloseTo(0.8);
      expect(starts[5]).toBeCloseTo(7.8);
      expect(heard.words[4]!.endSeconds).toBeLessThanOrEqual(5.25);
      expect(heard.words.at(-1)!.endSeconds).toBeLessThanOrEqual(11.25);
      expect(left()).toEqual([]);
    },
  );

  test('hears nothing by a model that has only a head', async () => {
    await writeFile(at('empty.bin'), emptyModel());
    configureWhisper(at('empty.bin'));
    expect(await hear('en')).toMatchObject({ words: [], isSpread: false });
  });

  test.each([
    ['is cut short', () => model.subarray(0, model.length / 2)],
    ['has no end of layers', () => withNumber(4, 2 ** 30)],
    ['has a dictionary of two thousand million', () => withNumber(0, 2 ** 31 - 1)],
    // It loads, and ggml finds out while it works: it ends the process.
    ['keeps its numbers in another form', () => withNumber(10, 0, emptyModel())],
  ])('fails with a model that %s, and leaves nothing', async (_, bytes) => {
    await writeFile(at('broken.bin'), bytes());
    configureWhisper(at('broken.bin'));
    await expect(hear('en')).rejects.toMatchObject({ code: 'MEDIA_FAILED' });
    expect(left()).toEqual([]);
  });

  test('fails with a model of 64 GiB of nothing at once', async () => {
    await writeFile(at('huge.bin'), '');
    truncateSync(at('huge.bin'), 64 * 2 ** 30);
    configureWhisper(at('huge.bin'));
    await expect(hear('en')).rejects.toMatchObject({ code: 'MEDIA_FAILED' });
  });

  test('is ended with the signal, and leaves nothing', async () => {
    configureWhisper(at("it's, a: model.bin"));
    const controller = new AbortController();
    const heard = hear('de', controller.signal);
    setTimeout(() => controller.abort(new Error('Enough.')), 1_500);
    await expect(heard).rejects.toThrow('Enough.');
    expect(left()).toEqual([]);
  });
});

test('a folder, a pipe and nothing at all are no models, and why is told', async () => {
  mkdirSync(at('folder.bin'));
  execFileSync('mkfifo', [at('pipe.bin')]);
  for (const name of ['folder.bin', 'pipe.bin', 'none.bin']) {
    configureWhisper(at(name));
    expect(await whisperSource.whyNot({} as never, video, 'de')).toContain('VIDPIPE_WHISPER_MODEL');
  }
});

/** A model with another number in its head. */
function withNumber(place: number, value: number, of = model): Buffer {
  const bytes = Buffer.from(of);
  bytes.writeInt32LE(value, 4 + place * 4);
  return bytes;
}

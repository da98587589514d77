/** Words that are known, found in the sound in which they are said. */
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { subtitlesSource } from '../../src/features/transcripts/sources/subtitles.ts';
import { pocketSphinxSource } from '../../src/features/transcripts/sources/pocketsphinx.ts';
import { SAMPLE_RATE } from '../../src/media/encoding.ts';
import { alignEnglish } from '../../src/media/speech/pocketsphinx/align-english.ts';
import { findPocketSphinx } from '../../src/media/speech/pocketsphinx/installed.ts';
import { speechSound } from '../../src/media/speech/speech-sound.ts';
import { wordTimes } from '../../src/providers/animatic/clip/word-times.ts';
import { speak } from '../../src/providers/animatic/clip/voice.ts';
import { makeSubtitled } from '../media/support/subtitled.ts';
import { findRecordings } from '../support/needs.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { readings, writeWave } from './support/recorded.ts';
import { srt } from './support/transcribe.ts';

const recordings = findRecordings();
if (recordings === null) console.log('Skipped: pocketsphinx or pocketsphinx-testdata is not installed.');
const folder = temporaryFolder('heard');
const at = (name: string) => path.join(folder, name);
const left = () => readdirSync(tmpdir()).filter((name) => /^vidpipe-(speech|words)-/.test(name));

describe.skipIf(recordings === null)('known words', () => {
  test('of subtitles are found in the sound', async () => {
    const { samples, words } = await readings(recordings!, 2);
    await writeWave(at('a.wav'), samples);
    const durationSeconds = samples.length / 16_000;
    const [first, second] = [words.slice(0, 22).join(' '), words.slice(22).join(' ')];
    await writeFile(at('a.srt'), srt([0.5, 7.6, first], [8.1, durationSeconds - 0.1, second]));
    const subtitles = [{ file: at('a.srt'), language: 'eng' }];
    const file = await makeSubtitled({ sound: at('a.wav'), subtitles, toFile: at('a.mkv') });
    const video = { durationSeconds } as never;
    const { signal } = new AbortController();
    const heard = await subtitlesSource.hear({} as never, { video, file, language: null }, { signal });
    expect(heard).toMatchObject({ language: 'en', isSpread: false, warnings: [] });
    expect(heard.words.map(({ word }) => word)).toEqual(words);
    // Of the first reading, which begins after half a second, "power" is said 5.75 s in.
    const startOf = (wanted: string) => heard.words.find(({ word }) => word === wanted)?.startSeconds;
    expect(startOf('power')).toBeCloseTo(0.5 + 5.75, 1);
    expect(left()).toEqual([]);
  }, 120_000);

  test('of the offline voice are heard where it tells them', async () => {
    const words =
      'The harbour wakes before dawn. Boats leave, one by one, and every gull in the city follows them out.';
    const { track } = await speak(words, 'cinematic', 12, temporaryFolder('voice'));
    await writeWave(
      at('v.wav'),
      Int16Array.from({ length: track.length / 2 }, (_, index) => track[index * 2]! * 32_767),
      SAMPLE_RATE,
    );
    const durationSeconds = track.length / 2 / SAMPLE_RATE;
    await speechSound({ file: at('v.wav'), durationSeconds, toFile: at('v.raw') });
    const order = { words, style: 'cinematic', durationSeconds: 12 };
    const told = await wordTimes({ ...order, workDirectory: temporaryFolder('voice') });
    const stretch = { startSeconds: 0, endSeconds: durationSeconds, words: told.map(({ word }) => word) };
    const [heard] = await alignEnglish((await findPocketSphinx())!, at('v.raw'), [stretch]);
    const off = told
      .map(({ startSeconds }, index) => Math.abs(startSeconds - heard![index]!.startSeconds) * 1_000)
      .toSorted((one, other) => one - other);
    const [median, p90] = [0.5, 0.9].map((share) => off[Math.floor(share * (off.length - 1))]!);
    console.log(`the voice's own against heard: median ${median!.toFixed(0)} ms, p90 ${p90!.toFixed(0)} ms`);
    expect(p90).toBeLessThan(80);
  }, 120_000);

  test('a recogniser that is stopped leaves no process and no file', async () => {
    const { samples } = await readings(recordings!);
    await writeWave(at('b.wav'), samples);
    const controller = new AbortController();
    const video = { durationSeconds: samples.length / 16_000 } as never;
    const request = { video, file: at('b.wav'), language: 'en' };
    const heard = pocketSphinxSource.hear({} as never, request, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('Enough.')), 2_500);
    await expect(heard).rejects.toThrow('Enough.');
    expect(left()).toEqual([]);
  }, 60_000);
});

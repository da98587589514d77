/** What players and recognisers need of a film: its waveform, its speech, small pictures and a copy that every browser plays. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadImage } from '@napi-rs/canvas';
import { beforeAll, expect, test } from 'vitest';
import { makeProxy } from '../../src/media/ingest/make-proxy.ts';
import { makeSprite } from '../../src/media/ingest/make-sprite.ts';
import type { Waveform } from '../../src/media/sound/peaks.ts';
import { surveySound } from '../../src/media/sound/survey-sound.ts';
import { namesIn, testDirectory } from './support/clips.ts';
import { makeNumbered, seeClip } from './support/numbered.ts';

const SECONDS = 6;

let directory: string;
let film: string;
let silent: string;
beforeAll(async () => {
  directory = await testDirectory();
  const usual = { frames: SECONDS * 25, frameRate: { num: 25, den: 1 } };
  [film = '', silent = ''] = await makeNumbered(
    directory,
    { name: 'film.mp4', ...usual, width: 1600, height: 900 },
    { name: 'silent.mkv', ...usual, sounds: [] },
  );
});

const survey = (file: string) =>
  surveySound({
    file,
    durationSeconds: SECONDS,
    peaksFile: join(directory, 'peaks.json'),
    speechFile: join(directory, 'speech.s16'),
  });

test('a waveform and speech are the film’s, click by click', async () => {
  const { loudness, soundSeconds } = await survey(film);
  expect(soundSeconds).toBeCloseTo(SECONDS, 1);
  expect(loudness.truePeakDb).toBeGreaterThan(-4);
  const peaks = JSON.parse(await readFile(join(directory, 'peaks.json'), 'utf8')) as Waveform;
  expect(peaks).toMatchObject({
    version: 2,
    channels: 1,
    sample_rate: 48_000,
    samples_per_pixel: 2_400,
    bits: 8,
  });
  expect(peaks.data).toHaveLength(peaks.length * 2);
  const loud = peaks.data.flatMap((value, place) => (value > 60 ? [Math.floor(place / 2)] : []));
  // The encoder's last frame goes a little beyond.
  expect(loud.slice(0, 6)).toEqual([0, 20, 40, 60, 80, 100]);
  const speech = await readFile(join(directory, 'speech.s16'));
  expect(speech.length / 2 / 16_000).toBeCloseTo(soundSeconds, 2);
  const at = (second: number) => {
    const around = Array.from({ length: 160 }, (_, i) =>
      Math.abs(speech.readInt16LE((second * 16_000 + i) * 2)),
    );
    return Math.max(...around);
  };
  expect(at(3)).toBeGreaterThan(10_000);
  expect(at(3.5)).toBeLessThan(4_000);
});

test('a film without sound has an empty waveform and no speech', async () => {
  expect(await survey(silent)).toEqual({ loudness: { lufs: null, truePeakDb: null }, soundSeconds: 0 });
  expect((await stat(join(directory, 'speech.s16'))).size).toBe(0);
});

test('a proxy has every picture at its time, in 720 lines, with its sound', async () => {
  const toFile = join(directory, 'proxy.mp4');
  const heard: number[] = [];
  const proxy = await makeProxy(
    { file: film, durationSeconds: SECONDS, toFile },
    { onProgress: (seconds) => heard.push(seconds) },
  );
  expect(proxy).toMatchObject({ width: 1280, height: 720, videoCodec: 'h264', audioCodec: 'aac' });
  const seen = await seeClip(toFile);
  expect(seen.numbers).toEqual(Array.from({ length: SECONDS * 25 }, (_, number) => number));
  for (const [place, seconds] of seen.seconds.entries()) expect(seconds).toBeCloseTo(place / 25, 3);
  for (const [place, click] of seen.clicks.entries()) expect(click).toBeCloseTo(place, 2);
  expect(heard.at(-1)).toBeGreaterThan(SECONDS - 0.5);
});

test('a sheet has a tile for every second', async () => {
  const toFile = join(directory, 'sheet.jpg');
  expect(await makeSprite({ file: film, durationSeconds: SECONDS, toFile })).toEqual({ everySeconds: 1 });
  expect(await sizeOf(toFile)).toEqual({ width: 1_600, height: 90 });
  expect((await namesIn(directory)).filter((name) => name.startsWith('.making'))).toEqual([]);
});

test('a film of which no picture can be decoded has no sheet, and what was there stays', async () => {
  const [file, toFile] = [join(directory, 'damaged.mp4'), join(directory, 'there.jpg')];
  await writeFile(toFile, 'old');
  const bytes = await readFile(film);
  bytes.fill(0, bytes.indexOf('mdat') + 4);
  await writeFile(file, bytes);
  await expect(makeSprite({ file, durationSeconds: SECONDS, toFile })).rejects.toMatchObject({
    code: 'MEDIA_FAILED',
    message: expect.stringContaining('damaged.mp4'),
  });
  expect(await readFile(toFile, 'utf8')).toBe('old');
});

async function sizeOf(jpeg: string) {
  const { width, height } = await loadImage(jpeg);
  return { width, height };
}

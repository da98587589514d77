import { createHash } from 'node:crypto';
import * as av from 'node-av/constants';
import { type Frame, Log } from 'node-av/lib';
import { SAMPLE_RATE } from '../../../src/media/encoding.ts';
import { measure, trackSeconds } from '../../../src/media/read/measure.ts';
import { openMedia, packetsOf } from '../../../src/media/read/open-media.ts';
import { readFrames } from '../../../src/media/read/read-frames.ts';
import { readSound } from '../../../src/media/read/read-sound.ts';
import { turnOf } from '../../../src/media/read/turn.ts';
import { BARS, type SeenClip } from './numbered.ts';

/** Decodes all of a clip of a numbered film; only inside a media child. */
export async function lookAtClip(file: string): Promise<SeenClip> {
  let complaints = 0;
  Log.setCallback(() => (complaints += 1), { maxLevel: av.AV_LOG_WARNING });
  const numbers: number[] = [];
  const times: number[] = [];
  const sides: SeenClip['sides'] = [];
  let size = { width: 0, height: 0 };
  for await (const { frame, seconds } of readFrames(file, 0)) {
    numbers.push(numberOn(frame));
    times.push(seconds);
    sides.push(sidesOf(frame));
    size = { width: frame.width, height: frame.height };
    frame.free();
  }
  const { sound } = await measure(file);
  const soundSeconds = sound ? trackSeconds(sound) : 0;
  const samples = await leftOf(file, soundSeconds);
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const packets = await hashes(file);
  return {
    numbers,
    seconds: times,
    sides,
    size,
    clicks: clicksIn(samples, loudest),
    toneHz: toneOf(samples),
    soundSeconds,
    lengthSeconds: await lengthOf(file),
    edges: [
      Math.max(...samples.subarray(0, 48).map(Math.abs)) / loudest,
      Math.max(...samples.subarray(-48).map(Math.abs)) / loudest,
    ],
    packets,
    turn: await turnIn(file),
    complaints,
  };
}

async function leftOf(file: string, seconds: number): Promise<Float32Array> {
  const both = await readSound(file, 0, Math.round(seconds * SAMPLE_RATE));
  return both.filter((_, i) => i % 2 === 0);
}

/** Whether the picture is light at its left and its right edge, in the middle row. */
function sidesOf(frame: Frame): [left: boolean, right: boolean] {
  const { width, height } = frame;
  const row = frame.toBuffer().subarray(Math.floor(height / 2) * width);
  return [(row[1] ?? 0) > 125, (row[width - 2] ?? 0) > 125];
}

/** Reads the bars in the middle row; -1 when they make no number. */
function numberOn(frame: Frame): number {
  const { width, height } = frame;
  const row = frame.toBuffer().subarray(Math.floor(height / 2) * width);
  let number = 0;
  let bits = 0;
  for (let bar = 0; bar < BARS; bar += 1) {
    const isLight = (row[Math.floor(((bar + 0.5) * width) / BARS)] ?? 0) > 125;
    if (bar === BARS - 1) return (bits % 2 === 1) === isLight ? number : -1;
    if (isLight) {
      number += 1 << bar;
      bits += 1;
    }
  }
  return -1;
}

/** Where the sound is half as loud as its loudest for the first time in half a second. */
function clicksIn(samples: Float32Array, loudest: number): number[] {
  const clicks: number[] = [];
  let last = -Infinity;
  for (const [at, sample] of samples.entries()) {
    if (Math.abs(sample) < loudest / 2) continue;
    if (at - last > SAMPLE_RATE / 2) clicks.push(at / SAMPLE_RATE);
    last = at;
  }
  return clicks;
}

/** Zero crossings in the quarter second after the sound's first 100 ms. */
function toneOf(samples: Float32Array): number {
  const part = samples.subarray(SAMPLE_RATE / 10, SAMPLE_RATE / 10 + SAMPLE_RATE / 4);
  let crossings = 0;
  for (let i = 1; i < part.length; i += 1) if ((part[i - 1] ?? 0) < 0 !== (part[i] ?? 0) < 0) crossings += 1;
  return (crossings / 2) * 4;
}

async function lengthOf(file: string): Promise<number> {
  await using media = await openMedia(file);
  const stream = media.video();
  return stream ? (Number(stream.duration) * stream.timeBase.num) / stream.timeBase.den : 0;
}

async function turnIn(file: string): Promise<string | null> {
  await using media = await openMedia(file);
  const stream = media.video();
  return stream ? turnOf(stream) : null;
}

async function hashes(file: string): Promise<string[]> {
  await using media = await openMedia(file);
  const stream = media.video();
  if (!stream) return [];
  const found: string[] = [];
  for await (const packet of packetsOf(media, stream)) {
    found.push(
      createHash('sha256')
        .update(packet.data ?? '')
        .digest('hex'),
    );
  }
  return found;
}

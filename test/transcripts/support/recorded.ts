/** Speech that people recorded, of Debian's packages, with its words. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const RATE = 16_000;

export type Recording = { samples: Int16Array; words: string[] };

/** The first readings of "Sense and Sensibility" in a folder, each after half a second of a quiet room; all five are 27 s. */
export async function readings(folder: string, most = 5): Promise<Recording> {
  const lines = (await readFile(path.join(folder, 'transcription'), 'utf8')).trim().split('\n');
  const samples: number[] = [];
  const words: string[] = [];
  for (const line of lines.slice(0, most)) {
    const [, text = '', name = ''] = /^<s> (.*) <\/s> \((\S+)\)/.exec(line) ?? [];
    const wave = await readFile(path.join(folder, `${name}.wav`));
    samples.push(...quietRoom());
    for (let at = 44; at + 1 < wave.length; at += 2) samples.push(wave.readInt16LE(at));
    words.push(...text.split(' '));
  }
  return { samples: Int16Array.from(samples), words };
}

/** Half a second of it. */
export const quietRoom = (): number[] =>
  Array.from({ length: RATE / 2 }, (_, index) => Math.round((noise(index) - 0.5) * 20));

/** The same every time, 0 to 1. */
const noise = (index: number): number => {
  const wave = Math.sin(index * 12.9898) * 43_758.5453;
  return wave - Math.floor(wave);
};

const rms = (samples: ArrayLike<number>): number => {
  let sum = 0;
  for (let index = 0; index < samples.length; index += 1) sum += samples[index]! ** 2;
  return Math.sqrt(sum / samples.length);
};

/** Chords with overtones, a new one every half second, and a beat. */
const music = (index: number): number => {
  const seconds = index / RATE;
  const chord = [220, 277.2, 329.6, 440].map(
    (hertz) => hertz * [1, 1.335, 1.498, 1.122][Math.floor(seconds * 2) % 4]!,
  );
  const tones = chord.flatMap((hertz) =>
    [1, 2, 3, 4].map((over) => Math.sin(2 * Math.PI * hertz * over * seconds) / over),
  );
  const beat = Math.exp(-20 * (seconds % 0.25)) * (noise(index) - 0.5) * 4;
  return tones.reduce((sum, tone) => sum + tone, 0) / 4 + beat;
};

/** Something beside the speech, so many dB louder than it (or, below 0, quieter). */
export function beside({ samples, words }: Recording, what: 'NOISE' | 'MUSIC', decibels: number): Recording {
  const added = Float64Array.from(samples, (_, index) =>
    what === 'MUSIC' ? music(index) : noise(index) - 0.5,
  );
  const gain = (rms(samples) / rms(added)) * 10 ** (decibels / 20);
  const mixed = samples.map((sample, index) =>
    Math.max(-32_768, Math.min(32_767, sample + added[index]! * gain)),
  );
  return { samples: mixed, words };
}

/** Writes a wave file of it. */
export async function writeWave(file: string, samples: Int16Array, rate = RATE): Promise<void> {
  const head = Buffer.from(
    'RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\0\0\0\0\0\0\0\0\x02\0\x10\0data\0\0\0\0',
    'latin1',
  );
  head.writeUInt32LE(36 + samples.length * 2, 4);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt32LE(samples.length * 2, 40);
  await writeFile(
    file,
    Buffer.concat([head, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]),
  );
}

/** Share of the words that were said that a recogniser got wrong, left out or made up. */
export function wordErrors(said: readonly string[], heard: readonly string[]): number {
  let row = heard.map((_, index) => index + 1);
  for (const [index, word] of said.entries()) {
    let [corner, before] = [index, index + 1];
    row = row.map((above, column) => {
      const cost = Math.min(corner + (heard[column] === word ? 0 : 1), above + 1, before + 1);
      [corner, before] = [above, cost];
      return cost;
    });
  }
  return (row.at(-1) ?? said.length) / said.length;
}

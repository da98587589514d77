import { join } from 'node:path';
import { CHANNELS, SAMPLE_RATE } from '../encoding.ts';
import { samplesOf } from '../read/read-sound.ts';
import { finishFilmFile, openFilmFile, writePackets } from '../write/film-file.ts';
import { SoundEncoder } from '../write/sound-encoder.ts';
import { filterSound } from './filter-sound.ts';
import { type Loudness, measureLoudness } from './loudness.ts';
import { rangeSound } from './range-sound.ts';

/** LUFS that players of short films bring everything to. */
export const TARGET_LUFS = -14;
/** dBTP that nothing may exceed, after encoding. */
export const MOST_PEAK_DB = -2;

/** Nearer than anybody hears. */
const CLOSE_ENOUGH_LU = 0.3;
/** dB; what is quieter by more than this is noise, and stays quiet. */
const MOST_GAIN_DB = 40;
/** dB that AAC usually adds to the peaks of what it is given. */
const AAC_ADDS_DB = 0.5;
/** Rendering again brings it nearer; sound that is all peaks never quite. */
const TRIES = 4;

/** Sound that can be read several times, and how much of it there is. */
export type SoundSource = { read: () => AsyncIterable<Float32Array>; samples: number };

/**
 * Writes sound as AAC to a file in `directory`, as loud as clips are. What is encoded is measured, and rendered again until it is right.
 * Silence stays silent. Only inside a media child.
 */
export async function levelSound(
  directory: string,
  source: SoundSource,
): Promise<{ file: string; loudness: Loudness }> {
  const { lufs } = await measureLoudness(source.read());
  let gainDb = lufs === null ? 0 : Math.min(MOST_GAIN_DB, TARGET_LUFS - lufs);
  let ceilingDb = MOST_PEAK_DB - AAC_ADDS_DB;
  for (let attempt = 1; ; attempt += 1) {
    const file = join(directory, `sound-${attempt}.m4a`);
    await writeSound(file, limited(source, gainDb, ceilingDb));
    const loudness = await measureLoudness(rangeSound(file, 0, source.samples));
    const missing = loudness.lufs === null || gainDb >= MOST_GAIN_DB ? 0 : TARGET_LUFS - loudness.lufs;
    const over = Math.max(0, (loudness.truePeakDb ?? MOST_PEAK_DB) - MOST_PEAK_DB);
    if (attempt === TRIES || (Math.abs(missing) <= CLOSE_ENOUGH_LU && over === 0)) return { file, loudness };
    gainDb = Math.min(MOST_GAIN_DB, gainDb + missing);
    ceilingDb -= over > 0 ? over + 0.1 : 0;
  }
}

/** Writes sound as AAC, as loud as it is. Only inside a media child. */
export async function writeSound(file: string, chunks: AsyncIterable<Float32Array>): Promise<void> {
  const encoder = await SoundEncoder.open();
  const muxer = await openFilmFile(file, SAMPLE_RATE);
  const stream = muxer.addStream(encoder.encoder);
  for await (const chunk of chunks) await writePackets(muxer, stream, encoder.encode(chunk));
  await writePackets(muxer, stream, encoder.end());
  await finishFilmFile(muxer);
  encoder.close();
}

/** Hz at which peaks between samples of 48 kHz are samples nearly. */
const LIMITER_RATE = 192_000;

/** As long as it was: resamplers give a few samples more or fewer. */
async function* limited(
  { read, samples }: SoundSource,
  gainDb: number,
  ceilingDb: number,
): AsyncGenerator<Float32Array> {
  const chain =
    `aresample=${LIMITER_RATE},volume=${gainDb.toFixed(2)}dB,` +
    // Else it raises everything to its limit, and is late by its attack.
    `alimiter=limit=${(10 ** (ceilingDb / 20)).toFixed(4)}:level=0:attack=5:release=50:latency=1,` +
    `aresample=${SAMPLE_RATE},aformat=sample_fmts=flt:channel_layouts=stereo`;
  let missing = samples * CHANNELS;
  for await (const frame of filterSound(read(), chain)) {
    const chunk = samplesOf(frame).subarray(0, missing);
    missing -= chunk.length;
    if (chunk.length > 0) yield chunk;
  }
  if (missing > 0) yield new Float32Array(missing);
}

import { Decoder, FilterAPI } from 'node-av/api';
import * as av from 'node-av/constants';
import type { Frame } from 'node-av/lib';
import { CHANNELS, SAMPLE_RATE } from '../encoding.ts';
import { openMedia, packetsOf } from '../read/open-media.ts';
import { BOTH_SIDES, samplesOf } from '../read/read-sound.ts';
import { defaultSound } from './default-track.ts';

/** Seconds before the stretch at which decoding begins: codecs need what is before to sound right. */
const RUN_UP_SECONDS = 0.5;

/**
 * Decodes a stretch of a film's sound to interleaved 48 kHz stereo, chunk by chunk: exactly `samples` of it from
 * `fromSeconds` of the file's clock, silence where there is none. Of several tracks, the default one.
 */
export async function* rangeSound(
  file: string,
  fromSeconds: number,
  samples: number,
): AsyncGenerator<Float32Array> {
  let missing = samples * CHANNELS;
  for await (const chunk of soundFrom(file, fromSeconds, fromSeconds + samples / SAMPLE_RATE)) {
    const wanted = chunk.subarray(0, missing);
    missing -= wanted.length;
    if (wanted.length > 0) yield wanted;
    if (missing === 0) return;
  }
  for (; missing > 0; missing -= Math.min(missing, SILENCE.length)) yield SILENCE.slice(0, missing);
}

/** A second of it. */
const SILENCE = new Float32Array(SAMPLE_RATE * CHANNELS);

/** Decodes a film's sound as `rangeSound` does, to its end at most. */
export async function* soundFrom(
  file: string,
  fromSeconds: number,
  toSeconds: number,
): AsyncGenerator<Float32Array> {
  await using media = await openMedia(file);
  const stream = defaultSound(media);
  if (!stream) return;
  const begin = fromSeconds - RUN_UP_SECONDS;
  if (begin > 0) await media.seek(begin, -1, av.AVSEEK_FLAG_BACKWARD);
  using decoder = await Decoder.create(stream);
  using toStereo = FilterAPI.create(
    `asetpts=PTS-round(${fromSeconds}/TB),${stream.codecpar.channels === 1 ? BOTH_SIDES : ''}` +
      // The resampler fills holes and drops what is early, so that a sample's place is its time.
      `aresample=${SAMPLE_RATE}:async=1:first_pts=0,aformat=sample_fmts=flt:channel_layouts=stereo`,
  );
  for await (const packet of packetsOf(media, stream)) {
    const seconds = (Number(packet.pts) * stream.timeBase.num) / stream.timeBase.den;
    if (seconds >= toSeconds) break;
    if (seconds < begin) continue;
    for (const frame of decoder.decodeAllSync(packet)) yield* converted(toStereo, frame);
  }
  decoder.flushSync();
  for (const frame of decoder.flushFramesSync()) yield* converted(toStereo, frame);
  toStereo.flushSync();
  for (const frame of toStereo.flushFramesSync()) yield samplesOf(frame);
}

function* converted(filter: FilterAPI, frame: Frame): Generator<Float32Array> {
  for (const stereo of filter.processAllSync(frame)) yield samplesOf(stereo);
  frame.free();
}

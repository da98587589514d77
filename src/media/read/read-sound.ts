import { Decoder, FilterAPI } from 'node-av/api';
import type { Frame } from 'node-av/lib';
import { CHANNELS, SAMPLE_RATE } from '../encoding.ts';
import { openMedia, namingFile, packetsOf } from './open-media.ts';
import { SoundQueue } from './sound-queue.ts';

const BYTES_PER_SAMPLE = CHANNELS * Float32Array.BYTES_PER_ELEMENT;

/** As loud on each side as players make it; left alone, FFmpeg takes 3 dB away. */
export const BOTH_SIDES = 'pan=stereo|c0=c0|c1=c0,';

/**
 * Decodes the sound of a file to interleaved 48 kHz stereo: exactly `samples` of it from
 * `fromSeconds` of the file's clock, silence where there is none. Held in memory, 23 MB a minute.
 *
 * @throws {DomainError} MEDIA_FAILED, naming the file, when it cannot be decoded.
 */
export const readSound = (file: string, fromSeconds: number, samples: number): Promise<Float32Array> =>
  namingFile(file, async () => {
    await using media = await openMedia(file);
    const stream = media.audio();
    const queue = new SoundQueue();
    if (!stream) return queue.take(samples);
    using decoder = await Decoder.create(stream);
    // The resampler fills holes and drops what is early, so that a sample's place is its time.
    using toStereo = FilterAPI.create(
      `asetpts=PTS-${fromSeconds}/TB,${stream.codecpar.channels === 1 ? BOTH_SIDES : ''}aresample=${SAMPLE_RATE}:async=1:first_pts=0,` +
        'aformat=sample_fmts=flt:channel_layouts=stereo',
    );
    const take = (frame: Frame) => {
      for (const converted of toStereo.processAllSync(frame)) queue.push(samplesOf(converted));
      frame.free();
    };
    // Synchronous: a sound frame takes less time to decode than to send to another thread and back.
    for await (const packet of packetsOf(media, stream)) {
      for (const frame of decoder.decodeAllSync(packet)) take(frame);
    }
    await decoder.flush();
    for await (const frame of decoder.flushFrames()) take(frame);
    await toStereo.flush();
    for await (const converted of toStereo.flushFrames()) queue.push(samplesOf(converted));
    return queue.take(samples);
  });

/** Copies the samples out of an FFmpeg frame and frees it. */
export function samplesOf(frame: Frame): Float32Array {
  const bytes = frame.toBuffer().subarray(0, frame.nbSamples * BYTES_PER_SAMPLE);
  const samples = new Float32Array(bytes.length / Float32Array.BYTES_PER_ELEMENT);
  bytes.copy(Buffer.from(samples.buffer));
  frame.free();
  return samples;
}

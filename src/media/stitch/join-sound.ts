import type { Packet } from 'node-av/lib';
import { CHANNELS, SAMPLE_RATE } from '../encoding.ts';
import { fadeSound } from './fade-sound.ts';
import { readSound } from '../read/read-sound.ts';
import type { SoundEncoder } from '../write/sound-encoder.ts';
import type { StitchClip } from './stitch-clip.ts';

export type SoundPlan = {
  /** Where each clip begins in the film. */
  startsSeconds: readonly number[];
  /** How long each clip overlaps the next, one number a join. */
  crossfadesSeconds: readonly number[];
  durationSeconds: number;
};

/** The film's sound, newly encoded: every clip at its place to the sample, faded where two overlap. */
export async function* encodeSound(
  clips: readonly StitchClip[],
  plan: SoundPlan,
  encoder: SoundEncoder,
): AsyncGenerator<Packet> {
  let tail = new Float32Array(0);
  for (const [index, clip] of clips.entries()) {
    const start = toSamples(plan.startsSeconds[index] ?? 0);
    const fade = toSamples(plan.crossfadesSeconds[index] ?? 0);
    const next = plan.startsSeconds[index + 1];
    const isLast = next === undefined;
    const end = isLast ? toSamples(plan.durationSeconds) : toSamples(next) + fade;
    const sound = await readSound(clip.soundFile, clip.soundOffsetSeconds, end - start);
    fadeSound(tail, sound);
    const settled = isLast ? sound.length : sound.length - fade * CHANNELS;
    yield* freeing(encoder.encode(sound.subarray(0, settled)));
    tail = sound.slice(settled);
  }
  yield* freeing(encoder.end());
}

const toSamples = (seconds: number) => Math.round(seconds * SAMPLE_RATE);

async function* freeing(packets: AsyncIterable<Packet>): AsyncGenerator<Packet> {
  for await (const packet of packets) {
    yield packet;
    packet.free();
  }
}

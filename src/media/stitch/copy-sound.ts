import * as av from 'node-av/constants';
import type { Packet } from 'node-av/lib';
import { AAC_FRAME_SAMPLES, CHANNELS, SAMPLE_RATE } from '../encoding.ts';
import { type SoundTrack, trackSeconds } from '../read/measure.ts';
import { openMedia, packetsOf } from '../read/open-media.ts';
import type { SoundPlan } from './join-sound.ts';
import type { StitchClip } from './stitch-clip.ts';

/**
 * Whether the clips' sound can follow each other as packets: AAC as films have it in every clip, from
 * the picture's beginning to its end.
 */
export function canCopySound(clips: readonly StitchClip[]): boolean {
  const signature = clips[0]?.sound?.signature;
  return clips.every(({ sound, picture, soundOffsetSeconds }) => {
    if (!sound || !isFilmSound(sound) || sound.signature !== signature) return false;
    if (sound.timescale !== sound.sampleRate || soundOffsetSeconds !== 0) return false;
    const frameSeconds = AAC_FRAME_SAMPLES / sound.sampleRate;
    const beginsOnGrid = sound.first === 0 || sound.first === -AAC_FRAME_SAMPLES;
    return beginsOnGrid && trackSeconds(sound) > trackSeconds(picture) - frameSeconds;
  });
}

/** AAC-LC in stereo, which every player plays. */
const isFilmSound = ({ codec, profile, sampleRate, channels }: SoundTrack) =>
  codec === 'aac' && profile === av.AV_PROFILE_AAC_LOW && sampleRate === SAMPLE_RATE && channels === CHANNELS;

/**
 * The film's sound, copied. AAC frames have one length and clips do not end on it, so each clip
 * begins on the frame nearest to its place: within 11 ms, and never adding up. A clip's priming
 * frame is kept before its first, in the place of its predecessor's last: AAC decodes a frame from
 * itself and the one before, so the clip is whole and the predecessor fades.
 */
export async function* copySound(clips: readonly StitchClip[], plan: SoundPlan): AsyncGenerator<Packet> {
  for (const [index, clip] of clips.entries()) {
    const rate = clip.sound?.sampleRate ?? 0;
    const toFrame = (seconds: number) => Math.round((seconds * rate) / AAC_FRAME_SAMPLES);
    const next = plan.startsSeconds[index + 1];
    const primed = (clips[index + 1]?.sound?.first ?? 0) < 0 ? 1 : 0;
    const filmEnd = Math.round(plan.durationSeconds * rate);
    const end = next === undefined ? filmEnd : (toFrame(next) - primed) * AAC_FRAME_SAMPLES;
    yield* copyClip(clip.soundFile, toFrame(plan.startsSeconds[index] ?? 0) * AAC_FRAME_SAMPLES, end);
  }
}

async function* copyClip(file: string, start: number, end: number): AsyncGenerator<Packet> {
  await using media = await openMedia(file);
  const stream = media.audio();
  if (!stream) return;
  for await (const packet of packetsOf(media, stream)) {
    const at = Number(packet.pts) + start;
    if (at >= end) return;
    packet.pts = BigInt(at);
    packet.dts = BigInt(at);
    packet.duration = BigInt(Math.min(AAC_FRAME_SAMPLES, end - at));
    if (at >= 0) unmarkPriming(packet);
    yield packet;
  }
}

/** Priming in the middle of a film is heard: it stands in its predecessor's last frame. */
function unmarkPriming(packet: Packet) {
  packet.clearFlags(av.AV_PKT_FLAG_DISCARD);
  packet.freeSideData();
}

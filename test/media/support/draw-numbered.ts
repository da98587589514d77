import { join } from 'node:path';
import { Encoder, FilterAPI, Muxer } from 'node-av/api';
import * as av from 'node-av/constants';
import { Codec, Frame, Rational } from 'node-av/lib';
import { SAMPLE_RATE } from '../../../src/media/encoding.ts';
import { pictureFrame } from '../../../src/media/write/new-frame.ts';
import { writeMatrix } from './draw-odd.ts';
import { BARS, type NumberedFilm, type NumberedSound } from './numbered.ts';

const TAGS = 'setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv';

/** Draws a numbered film; only inside a media child. @returns its file. */
export async function drawNumbered(directory: string, film: NumberedFilm): Promise<string> {
  const file = join(directory, film.name);
  const { frameRate, frames, encoder = 'libx264', gop = 48, options, filter, sounds = [{}] } = film;
  const muxer = await Muxer.open(file, { useAsyncWrite: false, useSyncQueue: false });
  const codec = Codec.findEncoderByName(encoder as never);
  if (!codec) throw new Error(`This FFmpeg has no ${encoder}.`);
  const picture = await Encoder.create(codec, {
    options: options ?? { preset: 'ultrafast', crf: 18, bf: 2, profile: 'high' },
    gopSize: gop,
    threadCount: 1,
  });
  const toPicture = FilterAPI.create(filter ?? `${TAGS},format=yuv420p`);
  const stream = muxer.addStream(picture);
  const seconds = frames * (frameRate.den / frameRate.num);
  const length = film.times ? (film.times.at(-1) ?? 0) + 0.5 : seconds;
  const tracks: { tone: Encoder; sound: NumberedSound; stream: number; sent: number }[] = [];
  for (const sound of sounds) {
    const tone = await Encoder.create(Codec.findEncoderByName('aac' as never)!, { bitrate: 128_000 });
    tracks.push({ tone, sound, stream: muxer.addStream(tone), sent: 0 });
  }
  const streams = muxer.getFormatContext().streams ?? [];
  for (const { sound, stream: of } of tracks) {
    const out = streams[of];
    if (out && sounds.length > 1)
      out.disposition = (sound.isDefault ? av.AV_DISPOSITION_DEFAULT : 0) as never;
  }
  const writeSound = async (untilSeconds: number) => {
    for (const track of tracks) {
      for (; track.sent < Math.min(length, untilSeconds) * SAMPLE_RATE; track.sent += 1_024) {
        const frame = soundFrame(track.sound, track.sent);
        for (const packet of await track.tone.encodeAll(frame)) await muxer.writePacket(packet, track.stream);
      }
    }
  };
  for (let number = 0; number < frames; number += 1) {
    const at = film.times?.[number] ?? (number * frameRate.den) / frameRate.num;
    const frame = numbered(film, number);
    if (film.times) {
      frame.timeBase = new Rational(1, 90_000);
      frame.pts = BigInt(Math.round(at * 90_000));
    } else {
      frame.timeBase = new Rational(frameRate.den, frameRate.num);
      frame.pts = BigInt(number);
    }
    for (const ready of toPicture.processAllSync(frame)) {
      for (const packet of await picture.encodeAll(ready)) await muxer.writePacket(packet, stream);
    }
    await writeSound(at + 1);
  }
  for await (const packet of picture.flushPackets()) await muxer.writePacket(packet, stream);
  await writeSound(length);
  for (const { tone, stream: of } of tracks) {
    for await (const packet of tone.flushPackets()) await muxer.writePacket(packet, of);
  }
  await muxer.close();
  if (film.turned) await writeMatrix(file, film.turned);
  return file;
}

/** Bars from the left, the number's lowest bit first; the last bar says whether the bits are odd. */
function numbered({ width = 320, height = 180 }: NumberedFilm, number: number): Frame {
  const pixels = Buffer.alloc((width * height * 3) / 2, 128);
  const row = Buffer.alloc(width);
  const bits = number
    .toString(2)
    .split('')
    .filter((bit) => bit === '1').length;
  for (let x = 0; x < width; x += 1) {
    const bar = Math.floor((x * BARS) / width);
    const isLight = bar === BARS - 1 ? bits % 2 === 1 : ((number >> bar) & 1) === 1;
    row[x] = isLight ? 200 : 50;
  }
  for (let y = 0; y < height; y += 1) row.copy(pixels, y * width);
  return pictureFrame({ pixels, format: av.AV_PIX_FMT_YUV420P, width, height, index: number, frameRate: 25 });
}

const CLICK_SAMPLES = 96;

function soundFrame({ channels = 2, level = 0.05, tone = 440 }: NumberedSound, first: number): Frame {
  const one = Float32Array.from({ length: 1_024 }, (_, i) => {
    const at = first + i;
    const isClick = at % SAMPLE_RATE < CLICK_SAMPLES;
    const wave = (hz: number) => Math.sin((2 * Math.PI * hz * at) / SAMPLE_RATE);
    return isClick ? 0.8 * wave(4_000) : level * wave(tone);
  });
  const samples = new Float32Array(1_024 * channels);
  for (let channel = 0; channel < channels; channel += 1) samples.set(one, channel * 1_024);
  const layouts = {
    1: av.AV_CHANNEL_LAYOUT_MONO,
    2: av.AV_CHANNEL_LAYOUT_STEREO,
    6: av.AV_CHANNEL_LAYOUT_5POINT1,
  };
  return owned(
    Frame.fromAudioBuffer(Buffer.from(samples.buffer), {
      nbSamples: 1_024,
      format: av.AV_SAMPLE_FMT_FLTP,
      sampleRate: SAMPLE_RATE,
      channelLayout: layouts[channels],
      timeBase: { num: 1, den: SAMPLE_RATE },
      pts: BigInt(first),
    }),
    samples,
  );
}

/** A frame points into its buffer and does not keep it. */
const kept: Float32Array[] = [];
function owned(frame: Frame, samples: Float32Array): Frame {
  kept.push(samples);
  return frame;
}

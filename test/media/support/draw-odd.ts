import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Encoder, FilterAPI, Muxer } from 'node-av/api';
import * as av from 'node-av/constants';
import { type Codec, Codec as Codecs, Frame } from 'node-av/lib';
import { pictureFrame } from '../../../src/media/write/new-frame.ts';
import { FIELDS, type OddFilm } from './odd-films.ts';

/** Frames of an odd film unless it says otherwise. */
const FRAMES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/** Draws an odd film; only inside a media child. @returns its file. */
export async function drawOdd(directory: string, film: OddFilm): Promise<string> {
  const {
    name,
    encoder: codec,
    options = {},
    filter,
    frames = FRAMES,
    frameRate = 24,
    turned,
    hidden,
    sound,
  } = film;
  const file = join(directory, name);
  const muxer = await Muxer.open(file, { useAsyncWrite: false, useSyncQueue: false });
  const toPicture = FilterAPI.create(filter, { framerate: { num: frameRate, den: 1 } });
  const picture = await Encoder.create(codecOf(codec), {
    options,
    gopSize: 6,
    threadCount: 1,
    filter: toPicture,
  });
  const stream = muxer.addStream(picture);
  const tone = sound && (await toneOf(sound, ((frames.at(-1) ?? 0) + 1) / frameRate));
  const toneStream = tone && muxer.addStream(tone.encoder);
  const converted = frames.flatMap((index) => [...toPicture.processAllSync(fieldsFrame(film, index))]);
  toPicture.flushSync();
  converted.push(...toPicture.flushFramesSync());
  const packets = [];
  for (const frame of converted) packets.push(...(await picture.encodeAll(frame)));
  for await (const packet of picture.flushPackets()) packets.push(packet);
  for (const packet of packets) await muxer.writePacket(packet, stream);
  if (tone && toneStream !== undefined) {
    for (const frame of tone.frames) {
      for (const packet of await tone.encoder.encodeAll(frame)) await muxer.writePacket(packet, toneStream);
    }
    for await (const packet of tone.encoder.flushPackets()) await muxer.writePacket(packet, toneStream);
  }
  await muxer.close();
  if (turned) await writeMatrix(file, turned);
  if (hidden) await hideFrames(file, hidden);
  return file;
}

function codecOf(name: string): Codec {
  const codec = Codecs.findEncoderByName(name as never);
  if (!codec) throw new Error(`This FFmpeg has no ${name}.`);
  return codec;
}

function fieldsFrame({ size: { width, height }, isMoving, frameRate = 24 }: OddFilm, index: number): Frame {
  const pixels = Buffer.alloc(width * height * 4, 255);
  const { red, green, blue, grey } = FIELDS;
  const edge = isMoving ? (index * width) / 24 : width / 2;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [left, right] = y < height / 2 || isMoving ? [red, green] : [blue, grey];
      pixels.set(x < edge ? left : right, (y * width + x) * 4);
    }
  }
  return pictureFrame({ pixels, format: av.AV_PIX_FMT_RGBA, width, height, index, frameRate });
}

async function toneOf({ sampleRate, channels }: { sampleRate: number; channels: number }, seconds: number) {
  const encoder = await Encoder.create(codecOf('aac'), { options: {} });
  const layout = {
    1: av.AV_CHANNEL_LAYOUT_MONO,
    2: av.AV_CHANNEL_LAYOUT_STEREO,
    6: av.AV_CHANNEL_LAYOUT_5POINT1,
  }[channels];
  const frames = [];
  for (let first = 0; first < seconds * sampleRate; first += 1_024) {
    const samples = Float32Array.from({ length: 1_024 * channels }, (_, i) => {
      return 0.5 * Math.sin((2 * Math.PI * 1_000 * (first + (i % 1_024))) / sampleRate);
    });
    const frame = Frame.fromAudioBuffer(Buffer.from(samples.buffer), {
      nbSamples: 1_024,
      format: av.AV_SAMPLE_FMT_FLTP,
      sampleRate,
      channelLayout: layout ?? av.AV_CHANNEL_LAYOUT_STEREO,
      timeBase: { num: 1, den: sampleRate },
      pts: BigInt(first),
    });
    frames.push(frame);
  }
  return { encoder, frames };
}

/** Bytes from a track header's name to its matrix, in version 0 (ISO/IEC 14496-12, 8.3.2). */
const MATRIX_AT = 44;

/** Writes how the first track is to be turned into an MP4. */
export async function writeMatrix(file: string, [a, b, c, d]: readonly [number, number, number, number]) {
  const bytes = await readFile(file);
  const matrix = bytes.indexOf('tkhd') + MATRIX_AT;
  for (const [place, value] of [
    [0, a],
    [1, b],
    [3, c],
    [4, d],
  ] as const) {
    bytes.writeInt32BE(value * 0x1_0000, matrix + place * 4);
  }
  await writeFile(file, bytes);
}

/** Lets the first track begin later, in version 0 of its edit list (ISO/IEC 14496-12, 8.6.6). */
async function hideFrames(file: string, frames: number) {
  const bytes = await readFile(file);
  const entry = bytes.indexOf('elst') + 12;
  bytes.writeUInt32BE(bytes.readUInt32BE(entry) - Math.round((frames * 1_000) / 24), entry);
  bytes.writeInt32BE(bytes.readInt32BE(entry + 4) + frames * 512, entry + 4);
  await writeFile(file, bytes);
}

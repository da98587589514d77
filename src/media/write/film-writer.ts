import * as av from 'node-av/constants';
import type { Frame } from 'node-av/lib';
import { FRAME_RATE, RGBA_TO_FILM, SAMPLE_RATE, videoTimescale } from '../encoding.ts';
import { finishFilmFile, openFilmFile, writePackets } from './film-file.ts';
import { pictureFrame } from './new-frame.ts';
import { PictureEncoder } from './picture-encoder.ts';
import { SoundEncoder } from './sound-encoder.ts';
import { SoundQueue } from '../read/sound-queue.ts';

export type FilmFormat = {
  /** px, even. */
  width: number;
  /** px, even. */
  height: number;
  /** Whole frames a second; a film's own 24 unless said otherwise. */
  frameRate?: number;
};

/**
 * Writes one MP4 of the film profile, frame by frame; clips written so join by copying.
 *
 * The sound is exactly as long as the picture: each frame takes its share of the samples written so
 * far, and silence where there are none. So write sound ahead of the frames it goes with; the whole
 * track first is fine, and no track at all gives silence.
 */
export type FilmWriter = {
  /** Appends a frame. The pixels are copied before the call waits, so the next frame may be drawn into the same buffer while this one is encoded. */
  writeFrame(rgba: Buffer): Promise<void>;
  /** Appends interleaved stereo at 48 kHz, -1 to 1. The array is kept: do not write into it again. */
  writeAudio(interleaved: Float32Array): void;
  /** Ends the file; it is not playable before. Throws when not a frame was written or the disk is full. */
  close(): Promise<void>;
};

/**
 * Opens `path` for writing, over what is there. Only for a process that `runInChild` started:
 * FFmpeg may crash, and its encoders do at a normal exit.
 */
export async function openFilmWriter(path: string, format: FilmFormat): Promise<FilmWriter> {
  const { width, height, frameRate = FRAME_RATE } = format;
  const picture = await PictureEncoder.open(RGBA_TO_FILM, frameRate);
  const sound = await SoundEncoder.open();
  const muxer = await openFilmFile(path, videoTimescale(frameRate));
  const pictureStream = muxer.addStream(picture.encoder);
  const soundStream = muxer.addStream(sound.encoder);
  const queue = new SoundQueue();
  const layout = { format: av.AV_PIX_FMT_RGBA, width, height, frameRate };
  let frames = 0;
  let samples = 0;
  let written = Promise.resolve();

  const write = async (frame: Frame, upToSample: number) => {
    await writePackets(muxer, pictureStream, picture.encode(frame));
    await writePackets(muxer, soundStream, sound.encode(queue.take(upToSample - samples)));
    samples = upToSample;
  };

  return {
    async writeFrame(rgba) {
      const frame = pictureFrame({ pixels: rgba, ...layout, index: frames });
      frames += 1;
      const upToSample = Math.round((frames * SAMPLE_RATE) / frameRate);
      await written;
      written = write(frame, upToSample);
      // The next call reports a failure; until then it must not count as unhandled.
      written.catch(() => {});
    },
    writeAudio: (interleaved) => queue.push(interleaved),
    async close() {
      await written;
      await writePackets(muxer, pictureStream, picture.end());
      await writePackets(muxer, soundStream, sound.end());
      await finishFilmFile(muxer);
      picture.close();
      sound.close();
    },
  };
}

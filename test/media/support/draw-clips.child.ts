import * as av from 'node-av/constants';
import type { Frame } from 'node-av/lib';
import { serveChildJob } from '../../../src/media/child/main.ts';
import { CHANNELS, RGBA_TO_FILM, SAMPLE_RATE } from '../../../src/media/encoding.ts';
import { openFilmWriter } from '../../../src/media/write/film-writer.ts';
import { pictureFrame } from '../../../src/media/write/new-frame.ts';
import { writePicture } from '../../../src/media/write/write-picture.ts';
import type { DrawnClip } from './clips.ts';

serveChildJob(async (clips: DrawnClip[], progress) => {
  for (const [index, clip] of clips.entries()) {
    await (clip.sound === 'NO_TRACK' ? writePicture(clip.file, RGBA_TO_FILM, frames(clip)) : draw(clip));
    progress((index + 1) / clips.length);
  }
  return clips.length;
});

async function draw(clip: DrawnClip) {
  const film = await openFilmWriter(clip.file, clip);
  if (clip.sound === 'BEEP') film.writeAudio(tone(0.1));
  if (clip.sound === 'TONE') film.writeAudio(tone(clip.frames / clip.frameRate));
  for (let frame = 0; frame < clip.frames; frame += 1) await film.writeFrame(flat(clip, frame));
  await film.close();
}

async function* frames(clip: DrawnClip): AsyncGenerator<Frame> {
  const format = av.AV_PIX_FMT_RGBA;
  for (let index = 0; index < clip.frames; index += 1) {
    yield pictureFrame({ ...clip, pixels: flat(clip, index), format, index });
  }
}

const flat = ({ width, height, grey }: DrawnClip, frame: number) =>
  Buffer.alloc(width * height * 4, grey + frame);

function tone(seconds: number): Float32Array {
  const sound = new Float32Array(Math.round(seconds * SAMPLE_RATE) * CHANNELS);
  return sound.map((_, i) => 0.5 * Math.sin((2 * Math.PI * 1_000 * Math.floor(i / CHANNELS)) / SAMPLE_RATE));
}

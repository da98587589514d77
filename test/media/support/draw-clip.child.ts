import { serveChildJob } from '../../../src/media/child-main.ts';
import { CHANNELS, SAMPLE_RATE } from '../../../src/media/encoding.ts';
import { openFilmWriter } from '../../../src/media/film-writer.ts';

/** A flat grey picture that brightens from frame to frame, and a tone. */
export type DrawClipJob = {
  file: string;
  frames: number;
  width: number;
  height: number;
  frameRate: number;
  /** 0 to 255 of the first frame. */
  grey: number;
  /** Hz; 0 for silence. */
  tone: number;
};

serveChildJob(async (job: DrawClipJob, progress) => {
  const film = await openFilmWriter(job.file, job);
  film.writeAudio(sine(job.tone, job.frames / job.frameRate));
  const pixels = Buffer.alloc(job.width * job.height * 4);
  for (let frame = 0; frame < job.frames; frame += 1) {
    pixels.fill(Math.min(255, job.grey + frame));
    await film.writeFrame(pixels);
    progress((frame + 1) / job.frames);
  }
  await film.close();
  return { frames: job.frames };
});

function sine(hertz: number, seconds: number): Float32Array {
  if (hertz === 0) return new Float32Array(0);
  const sound = new Float32Array(Math.round(seconds * SAMPLE_RATE) * CHANNELS);
  for (let i = 0; i < sound.length; i += 1) {
    sound[i] = 0.3 * Math.sin((2 * Math.PI * hertz * Math.floor(i / CHANNELS)) / SAMPLE_RATE);
  }
  return sound;
}

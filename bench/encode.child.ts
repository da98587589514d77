import { serveChildJob } from '../src/media/child/main.ts';
import { openFilmWriter } from '../src/media/write/film-writer.ts';

/** A clip of moving grey with silence: the least that a film of this size costs. */
export type EncodeJob = { file: string; frames: number; width: number; height: number; frameRate: number };

serveChildJob(async (job: EncodeJob) => {
  const film = await openFilmWriter(job.file, job);
  const pixels = Buffer.alloc(job.width * job.height * 4);
  for (let frame = 0; frame < job.frames; frame += 1) {
    pixels.fill(frame);
    await film.writeFrame(pixels);
  }
  await film.close();
  return { frames: job.frames };
});

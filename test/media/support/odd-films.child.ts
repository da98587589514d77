import { FilterAPI } from 'node-av/api';
import { avGetPixFmtName, type Frame } from 'node-av/lib';
import { serveChildJob } from '../../../src/media/child/main.ts';
import { makeFilm } from '../../../src/media/stitch/make-film.ts';
import { openMedia } from '../../../src/media/read/open-media.ts';
import { readFrames } from '../../../src/media/read/read-frames.ts';
import { readSound } from '../../../src/media/read/read-sound.ts';
import { readStill } from '../../../src/media/still/read-still.ts';
import { drawOdd } from './draw-odd.ts';
import type { OddFilm, OddJob, OddResult } from './odd-films.ts';

serveChildJob(async ({ directory, films, size }: OddJob) => {
  const results: OddResult[] = [];
  for (const film of films) results.push(await makeOne(directory, film, size));
  return results;
});

async function makeOne(directory: string, film: OddFilm, size: OddJob['size']): Promise<OddResult> {
  const { name } = film;
  try {
    const odd = await drawOdd(directory, film);
    const job = {
      clips: [odd],
      titles: [],
      crossfadeSeconds: 0,
      size,
      directory,
      fileName: `${name}-film.mp4`,
    };
    const { method, durationSeconds } = await makeFilm(job, () => {});
    const still = await readStill(odd, 0);
    const { width, height } = still;
    const pixels = still.getContext('2d').getImageData(0, 0, width, height).data;
    return {
      name,
      method,
      ...(await watchFields(`${directory}/${job.fileName}`, durationSeconds)),
      still: fieldsOf(Buffer.from(pixels), { width, height }, 4),
      stillSize: { width, height },
    };
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
  }
}

async function watchFields(file: string, seconds: number) {
  const frames: [number, number, number][][] = [];
  const combs: number[] = [];
  let picture: Record<string, unknown> = {};
  for await (const { frame } of readFrames(file, 0)) {
    picture = {
      format: avGetPixFmtName(frame.format as never),
      range: frame.colorRange,
      primaries: frame.colorPrimaries,
      transfer: frame.colorTrc,
      matrix: frame.colorSpace,
      aspect: `${frame.sampleAspectRatio.num}:${frame.sampleAspectRatio.den}`,
      interlaced: (frame.flags & 8) !== 0,
      width: frame.width,
      height: frame.height,
    };
    const rgb = rgbOf(frame);
    frames.push(fieldsOf(rgb, frame, 3));
    combs.push(combOf(rgb, frame));
  }
  await using media = await openMedia(file);
  const { profile, sampleRate, channels } = media.audio()?.codecpar ?? {};
  const sound = await readSound(file, 0, Math.round(seconds * 48_000));
  return {
    fields: frames[Math.floor(frames.length / 2)] ?? [],
    frames: frames.length,
    comb: combs[Math.floor(combs.length / 2)] ?? 0,
    picture: {
      ...picture,
      profile: media.video()?.codecpar.profile,
      sideData: media.video()?.codecpar.nbCodedSideData,
    },
    sound: { profile, sampleRate, channels },
    loudness: Math.sqrt(sound.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, sound.length)),
  };
}

/** As a player shows a film that is BT.709, whatever it says of itself. */
function rgbOf(frame: Frame): Buffer {
  using toRgb = FilterAPI.create('scale=in_color_matrix=bt709:in_range=tv:out_range=pc,format=rgb24');
  const [rgb] = toRgb.processAllSync(frame);
  if (!rgb) throw new Error('There is no picture.');
  return rgb.toBuffer();
}

/** Rows that come from another moment than their neighbours show as a comb. */
function combOf(rgb: Buffer, { width, height }: Frame): number {
  let worst = 0;
  for (let at = 0; at < (width * 3 * height) / 4; at += 1) {
    worst = Math.max(worst, Math.abs((rgb[at] ?? 0) - (rgb[at + width * 3] ?? 0)));
  }
  return worst;
}

function fieldsOf(
  pixels: Buffer,
  { width, height }: { width: number; height: number },
  bytes: number,
): [number, number, number][] {
  return [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.25, 0.75],
    [0.75, 0.75],
  ].map(([x = 0, y = 0]) => {
    const at = (Math.floor(height * y) * width + Math.floor(width * x)) * bytes;
    return [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
  });
}

import { join } from 'node:path';
import { type ReportProgress, serveChildJob } from '../child/main.ts';
import { encodedTrack } from '../cut/encoded-track.ts';
import { PictureChain } from '../cut/picture-chain.ts';
import { frameRateOf, requirePicture } from '../cut/picture-times.ts';
import { writeClip } from '../cut/write-clip.ts';
import { CHANNELS, SAMPLE_RATE } from '../encoding.ts';
import { describe } from '../read/describe.ts';
import { readLook } from '../read/look.ts';
import { measure } from '../read/measure.ts';
import { namingFile, openMedia } from '../read/open-media.ts';
import type { Probe } from '../read/probe.ts';
import { writeSound } from '../sound/level-sound.ts';
import { rangeSound } from '../sound/range-sound.ts';
import type { ProxyJob } from './make-proxy.ts';

/** Of the shorter side. */
const MOST_LINES = 720;
const TO_LINES =
  `scale=w='if(gt(iw,ih),-2,min(${MOST_LINES},iw))':h='if(gt(iw,ih),min(${MOST_LINES},ih),-2)'` +
  ':flags=bicubic';

/** Of the work; the picture takes the rest. */
const SOUND_SHARE = 0.1;

serveChildJob((job: ProxyJob, progress) => namingFile(job.file, () => writeProxy(job, progress)));

async function writeProxy(job: ProxyJob, progress: ReportProgress): Promise<Probe> {
  const { file, durationSeconds, directory } = job;
  const sound = join(directory, 'sound.m4a');
  const samples = Math.round(durationSeconds * SAMPLE_RATE);
  await writeSound(
    sound,
    counted(rangeSound(file, 0, samples), (done) => progress(SOUND_SHARE * (done / samples))),
  );
  await using media = await openMedia(file);
  const stream = requirePicture(media.video(), file);
  const tickSeconds = stream.timeBase.num / stream.timeBase.den;
  // All of it, on the film's own clock.
  const times = {
    seekSeconds: 0,
    tickSeconds,
    heads: [],
    shown: [0],
    heldTick: null,
    endTick: Math.round(durationSeconds / tickSeconds),
  };
  const look = await readLook(file);
  const chain = new PictureChain({ look, framing: null, finish: TO_LINES, startTick: 0, tickSeconds });
  const track = await encodedTrack(file, times, frameRateOf(stream), chain, (seconds) =>
    progress(SOUND_SHARE + (1 - SOUND_SHARE) * (seconds / durationSeconds)),
  );
  const proxy = join(directory, job.fileName);
  await writeClip(proxy, file, track, times, sound);
  return describe(await measure(proxy));
}

/** Tells how many samples went through so far. */
async function* counted(
  chunks: AsyncIterable<Float32Array>,
  onSamples: (done: number) => void,
): AsyncGenerator<Float32Array> {
  let done = 0;
  for await (const chunk of chunks) {
    yield chunk;
    onSamples((done += chunk.length / CHANNELS));
  }
}

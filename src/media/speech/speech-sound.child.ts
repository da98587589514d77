import { type FileHandle, open } from 'node:fs/promises';
import type { Frame } from 'node-av/lib';
import { type ReportProgress, serveChildJob } from '../child/main.ts';
import { CHANNELS, SAMPLE_RATE } from '../encoding.ts';
import { namingFile } from '../read/open-media.ts';
import { SoundFilter } from '../sound/filter-sound.ts';
import { soundFrom } from '../sound/range-sound.ts';
import { LEVEL_SECONDS, speechSpans } from './speech-spans.ts';
import { SPEECH_RATE, type SpeechSound, type SpeechSoundJob } from './speech-sound.ts';

const TO_SPEECH = `aresample=${SPEECH_RATE},aformat=sample_fmts=s16:channel_layouts=mono`;
const SAMPLE_BYTES = 2;
const LEVEL_SAMPLES = SPEECH_RATE * LEVEL_SECONDS;
const FULL_SCALE = 32_768;
/** dBFS of nothing at all. */
const NOTHING = -96;

serveChildJob((job: SpeechSoundJob, progress) => namingFile(job.file, () => write(job, progress)));

async function write(
  { file, durationSeconds, toFile }: SpeechSoundJob,
  progress: ReportProgress,
): Promise<SpeechSound> {
  await using out = await open(toFile, 'w');
  const speech = new SoundFilter(TO_SPEECH);
  const levels = new Levels();
  let samples = 0;
  for await (const chunk of soundFrom(file, 0, Infinity)) {
    await take(out, levels, speech.push(chunk));
    samples += chunk.length / CHANNELS;
    progress(samples / SAMPLE_RATE / durationSeconds);
  }
  if (samples > 0) await take(out, levels, speech.end());
  return { soundSeconds: samples / SAMPLE_RATE, spans: speechSpans(Float32Array.from(levels.found)) };
}

async function take(out: FileHandle, levels: Levels, frames: Iterable<Frame>): Promise<void> {
  for (const frame of frames) {
    const bytes = frame.toBuffer().subarray(0, frame.nbSamples * SAMPLE_BYTES);
    await out.write(bytes);
    levels.push(bytes);
    frame.free();
  }
}

/** dBFS of each hundredth of a second. */
class Levels {
  readonly found: number[] = [];
  #energy = 0;
  #samples = 0;

  push(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; at += SAMPLE_BYTES) {
      this.#energy += (bytes.readInt16LE(at) / FULL_SCALE) ** 2;
      this.#samples += 1;
      if (this.#samples < LEVEL_SAMPLES) continue;
      this.found.push(Math.max(NOTHING, 10 * Math.log10(this.#energy / LEVEL_SAMPLES)));
      [this.#energy, this.#samples] = [0, 0];
    }
  }
}

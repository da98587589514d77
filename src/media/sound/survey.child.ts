import { type FileHandle, open, writeFile } from 'node:fs/promises';
import type { Frame } from 'node-av/lib';
import { type ReportProgress, serveChildJob } from '../child/main.ts';
import { CHANNELS, SAMPLE_RATE } from '../encoding.ts';
import { namingFile } from '../read/open-media.ts';
import { SoundFilter } from './filter-sound.ts';
import { LoudnessMeter } from './loudness.ts';
import { Peaks } from './peaks.ts';
import { soundFrom } from './range-sound.ts';
import type { SoundSurvey, SurveyJob } from './survey-sound.ts';

const TO_SPEECH = 'aresample=16000,aformat=sample_fmts=s16:channel_layouts=mono';
const SPEECH_SAMPLE_BYTES = 2;

serveChildJob((job: SurveyJob, progress) => namingFile(job.file, () => survey(job, progress)));

async function survey(job: SurveyJob, progress: ReportProgress): Promise<SoundSurvey> {
  await using speechFile = await open(job.speechFile, 'w');
  const meter = new LoudnessMeter();
  const peaks = new Peaks();
  const speech = new SoundFilter(TO_SPEECH);
  let samples = 0;
  for await (const chunk of soundFrom(job.file, 0, Infinity)) {
    meter.push(chunk);
    peaks.push(chunk);
    await write(speechFile, speech.push(chunk));
    samples += chunk.length / CHANNELS;
    progress(samples / SAMPLE_RATE / job.durationSeconds);
  }
  if (samples > 0) await write(speechFile, speech.end());
  await writeFile(job.peaksFile, JSON.stringify(peaks.end()));
  return { loudness: meter.end(), soundSeconds: samples / SAMPLE_RATE };
}

async function write(file: FileHandle, frames: Iterable<Frame>): Promise<void> {
  for (const frame of frames) {
    await file.write(frame.toBuffer().subarray(0, frame.nbSamples * SPEECH_SAMPLE_BYTES));
    frame.free();
  }
}

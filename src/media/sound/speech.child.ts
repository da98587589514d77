import { Encoder } from 'node-av/api';
import * as av from 'node-av/constants';
import type { Packet } from 'node-av/lib';
import { serveChildJob } from '../child/main.ts';
import { AAC_FRAME_SAMPLES, SAMPLE_RATE } from '../encoding.ts';
import { namingFile } from '../read/open-media.ts';
import { finishFilmFile, openFilmFile, writePackets } from '../write/film-file.ts';
import { filterSound } from './filter-sound.ts';
import { rangeSound } from './range-sound.ts';
import { SPEECH_BITRATE, type SpeechJob } from './write-speech.ts';

const SPEECH_RATE = 24_000;
/** The last frame is filled up with silence: the encoder takes no shorter one. */
const TO_SPEECH = `aresample=${SPEECH_RATE},aformat=sample_fmts=fltp:channel_layouts=mono,asetnsamples=n=${AAC_FRAME_SAMPLES}:p=1`;

serveChildJob((job: SpeechJob) => namingFile(job.file, () => write(job)));

async function write({ file, toFile, startSeconds, endSeconds }: SpeechJob): Promise<null> {
  const encoder = await Encoder.create(av.FF_ENCODER_AAC, { bitrate: SPEECH_BITRATE });
  const muxer = await openFilmFile(toFile, SPEECH_RATE);
  const stream = muxer.addStream(encoder);
  const samples = Math.round((endSeconds - startSeconds) * SAMPLE_RATE);
  const sound = rangeSound(file, startSeconds, samples);
  async function* packets(): AsyncGenerator<Packet> {
    for await (const frame of filterSound(sound, TO_SPEECH)) {
      yield* encoder.encodeAllSync(frame);
      frame.free();
    }
    yield* encoder.flushPackets();
  }
  await writePackets(muxer, stream, packets());
  await finishFilmFile(muxer);
  encoder.close();
  return null;
}

import { type FileHandle, open } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { FilterAPI } from 'node-av/api';
import { type ReportProgress, serveChildJob } from '../child/main.ts';
import { namingFile } from '../read/open-media.ts';
import { speechFrame } from '../write/new-frame.ts';
import { SPEECH_RATE } from './speech-sound.ts';
import type { SpeechSpan } from './speech-spans.ts';
import type { WhisperJob } from './whisper.ts';
import { PIECE_SECONDS } from './whisper-answer.ts';

// Where ggml meets a fault it forks this process for a debugger, and the fork outlives it: the parent would wait for ever.
process.env['GGML_NO_BACKTRACE'] = '1';

serveChildJob((job: WhisperJob, progress) => namingFile(job.modelFile, () => hear(job, progress)));

/** Samples that are given at once; a piece is a whole number of them. */
const STEP = SPEECH_RATE / 10;
const SAMPLE_BYTES = 2;
const FULL_SCALE = 32_768;
/** They wait for each other by turning round: more than there are processors take many times as long. Four are the filter's own. */
const MOST_THREADS = 4;

/** As FFmpeg's filter chains take a text: escaped once as an option's value, and once more as a part of the chain. */
const quoted = (text: string): string =>
  text.replaceAll(/[\\':]/g, String.raw`\$&`).replaceAll(/[\\',;[\]\s]/g, String.raw`\$&`);

async function hear(
  { modelFile, speechFile, spans, language, answerFile }: WhisperJob,
  progress: ReportProgress,
): Promise<null> {
  const options = {
    model: quoted(modelFile),
    destination: quoted(answerFile),
    language: language?.split('-')[0]?.toLowerCase() ?? 'auto',
    queue: String(PIECE_SECONDS),
    format: 'json',
    use_gpu: '0',
    threads: String(Math.min(MOST_THREADS, availableParallelism())),
  };
  const chain = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  const whisper = FilterAPI.create(`whisper=${chain.join(':')}`);
  await using speech = await open(speechFile);
  let sent = 0;
  for (const [index, span] of spans.entries()) {
    const piece = await pieceOf(speech, span);
    for (let at = 0; at < piece.length; at += STEP) {
      const frame = speechFrame(piece.subarray(at, at + STEP), sent, SPEECH_RATE);
      sent += STEP;
      for (const heard of whisper.processAllSync(frame)) heard.free();
      frame.free();
    }
    progress((index + 1) / spans.length);
  }
  whisper.flushSync();
  for (const heard of whisper.flushFramesSync()) heard.free();
  whisper.close();
  return null;
}

/** A span, and silence behind it, so that the model is given one span at a time. */
async function pieceOf(speech: FileHandle, { startSeconds, endSeconds }: SpeechSpan): Promise<Float32Array> {
  const from = Math.round(startSeconds * SPEECH_RATE);
  const most = PIECE_SECONDS * SPEECH_RATE;
  const length = Math.min(most, Math.round(endSeconds * SPEECH_RATE) - from);
  const bytes = Buffer.alloc(length * SAMPLE_BYTES);
  const { bytesRead } = await speech.read(bytes, 0, bytes.length, from * SAMPLE_BYTES);
  const piece = new Float32Array(most);
  for (let at = 0; at < bytesRead - 1; at += SAMPLE_BYTES)
    piece[at / SAMPLE_BYTES] = bytes.readInt16LE(at) / FULL_SCALE;
  return piece;
}

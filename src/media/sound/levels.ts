import { createReadStream } from 'node:fs';

/** Hz of what `surveySound` writes for recognisers. */
const SPEECH_RATE = 16_000;
/** dB: what is softer counts as silence. */
const SILENCE = -90;
const FULL_SCALE = 32_768;

/**
 * Reads how loud speech is, as `surveySound` wrote it: whole dB under full scale, one for every `stepSeconds` from the start.
 * None for an empty file. A three-hour talk takes a second.
 */
export async function readLevels(speechFile: string, stepSeconds: number): Promise<number[]> {
  const perStep = Math.round(SPEECH_RATE * stepSeconds);
  const levels: number[] = [];
  let squares = 0;
  let samples = 0;
  const end = () => {
    const level = 20 * Math.log10(Math.sqrt(squares / samples) / FULL_SCALE);
    levels.push(Math.max(SILENCE, Math.round(level)));
    squares = 0;
    samples = 0;
  };
  for await (const chunk of wholeSamples(speechFile)) {
    for (let at = 0; at < chunk.length; at += 2) {
      squares += chunk.readInt16LE(at) ** 2;
      samples += 1;
      if (samples === perStep) end();
    }
  }
  if (samples > 0) end();
  return levels;
}

/** Chunks that end between two samples. */
async function* wholeSamples(file: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const read of createReadStream(file)) {
    const chunk = Buffer.concat([rest, read as Buffer]);
    const whole = chunk.length - (chunk.length % 2);
    rest = chunk.subarray(whole);
    yield chunk.subarray(0, whole);
  }
}

/** Mono samples, -1 to 1. */
export type Speech = { samples: Float32Array; /** Hz */ rate: number };

/** Reads a 16-bit PCM mono wave file. */
export function readWave(file: Buffer): Speech {
  let at = 12;
  let rate = 0;
  while (at + 8 <= file.length) {
    const name = file.toString('latin1', at, at + 4);
    const length = file.readUInt32LE(at + 4);
    if (name === 'fmt ') rate = file.readUInt32LE(at + 12);
    if (name === 'data' && rate > 0)
      return { samples: toFloat(file.subarray(at + 8, at + 8 + length)), rate };
    at += 8 + length + (length % 2);
  }
  throw new Error('The offline voice wrote no sound.');
}

function toFloat(pcm: Buffer): Float32Array {
  const samples = new Float32Array(pcm.length >> 1);
  for (let index = 0; index < samples.length; index += 1)
    samples[index] = pcm.readInt16LE(index * 2) / 32_768;
  return samples;
}

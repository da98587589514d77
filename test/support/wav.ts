/** A WAV of so many seconds: a tone that swells twice a second, of 16 kHz and one channel. */
export function wavOf(seconds: number): Buffer {
  const samples = Math.round(seconds * 16_000);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples * 2, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(16_000, 24);
  head.writeUInt32LE(32_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples * 2, 40);
  const body = Buffer.alloc(samples * 2);
  for (let at = 0; at < samples; at += 1) {
    const swell = Math.abs(Math.sin((2 * Math.PI * at) / 16_000));
    body.writeInt16LE(Math.round(8_000 * swell * Math.sin((2 * Math.PI * 220 * at) / 16_000)), at * 2);
  }
  return Buffer.concat([head, body]);
}

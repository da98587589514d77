import type { Encoding } from './encoding.ts';
import { bytesOf } from './file-bytes.ts';

/** A file's text in pieces, none empty, without its mark. */
export async function* decoded(file: string, { label }: Pick<Encoding, 'label'>): AsyncGenerator<string> {
  const decoder = new TextDecoder(label);
  for await (const bytes of bytesOf(file)) {
    const text = decoder.decode(bytes, { stream: true });
    if (text !== '') yield text;
  }
  const last = decoder.decode();
  if (last !== '') yield last;
}

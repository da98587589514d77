import { bytesOf } from './file-bytes.ts';

/** A file's text in pieces, none empty, without its mark. */
export async function* decoded(file: string, label: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(label);
  for await (const bytes of bytesOf(file)) {
    const text = decoder.decode(bytes, { stream: true });
    if (text !== '') yield text;
  }
  const last = decoder.decode();
  if (last !== '') yield last;
}

/** Whether all bytes of a file are characters of this encoding. */
export async function isAllText(file: string, label: string): Promise<boolean> {
  const decoder = new TextDecoder(label, { fatal: true });
  try {
    for await (const bytes of bytesOf(file)) decoder.decode(bytes, { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

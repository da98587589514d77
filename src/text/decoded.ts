/** A text in bytes, read as often as somebody looks at it: a file in chunks, or one chunk that is at hand. */
export type Chunks = () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** A text in pieces, none empty, without its mark. */
export async function* decoded(chunks: Chunks, label: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(label);
  for await (const bytes of chunks()) {
    const text = decoder.decode(bytes, { stream: true });
    if (text !== '') yield text;
  }
  const last = decoder.decode();
  if (last !== '') yield last;
}

/** Whether all bytes are characters of this encoding. */
export async function isAllText(chunks: Chunks, label: string): Promise<boolean> {
  const decoder = new TextDecoder(label, { fatal: true });
  try {
    for await (const bytes of chunks()) decoder.decode(bytes, { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

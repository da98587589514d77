const CHUNK_UNITS = 64 * 1_024;

/** Texts put together until they are worth sending. */
export async function* inChunks(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let held: string[] = [];
  let units = 0;
  for await (const text of texts) {
    held.push(text);
    units += text.length;
    if (units < CHUNK_UNITS) continue;
    yield Buffer.from(held.join(''));
    [held, units] = [[], 0];
  }
  if (held.length > 0) yield Buffer.from(held.join(''));
}

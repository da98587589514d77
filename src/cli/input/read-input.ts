/** Reads what a person names: a script, a picture, stdin. Never more than it may be, for it may have no end. */
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { decodeText } from '../../core/decode-text.ts';
import { CliFailure, EXIT } from '../command/exit-codes.ts';

/** The server takes no longer request (docs/security.md). */
const MAX_TEXT_BYTES = 1_000_000;

/**
 * Reads a stream or a file whole.
 *
 * @param typedAs what its failures begin with, as in `--file`.
 * @throws {CliFailure} `badInput` if it cannot be read, or is longer than `maxBytes`.
 */
export async function readInput(from: Readable | string, typedAs: string, maxBytes: number): Promise<Buffer> {
  const [stream, name] = typeof from === 'string' ? [createReadStream(from), from] : [from, 'stdin'];
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw tooLong(typedAs, name, maxBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof CliFailure) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new CliFailure(EXIT.badInput, `${typedAs}: cannot read ${name} (${code}).`, { cause: error });
  }
  return Buffer.concat(chunks);
}

const tooLong = (typedAs: string, name: string, maxBytes: number) =>
  new CliFailure(EXIT.badInput, `${typedAs}: ${name} is longer than ${maxBytes / 1_000_000} MB.`);

/**
 * Reads text, whatever byte order mark it has.
 *
 * @throws {CliFailure} `badInput` as `readInput` does, and if it is no UTF-8 or UTF-16.
 */
export async function readText(from: Readable | string, typedAs: string): Promise<string> {
  const bytes = await readInput(from, typedAs, MAX_TEXT_BYTES);
  try {
    return decodeText(bytes);
  } catch (error) {
    const what = typeof from === 'string' ? from : 'what stdin has';
    const message = `${typedAs}: ${what} is no text in UTF-8 or UTF-16; save it as UTF-8.`;
    throw new CliFailure(EXIT.badInput, message, { cause: error });
  }
}

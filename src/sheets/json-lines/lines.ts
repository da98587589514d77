import { LIMITS } from '../limits.ts';

export type Line = {
  /** From 1. */
  number: number;
  /** Without its end. */
  text: string;
  /** It goes on for longer than a row may be: `text` is its beginning. */
  isCut: boolean;
};

const BREAK = /\r\n|\n|\r/;

/** The lines of a text, in batches, in bounded memory. */
export async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<Line[]> {
  let held = '';
  let isCut = false;
  let number = 0;
  for await (const text of texts) {
    // A line end may be cut in two.
    const isHalf = text.endsWith('\r');
    const pieces = (held + (isHalf ? text.slice(0, -1) : text)).split(BREAK);
    held = pieces.pop()! + (isHalf ? '\r' : '');
    const lines = pieces.map((piece): Line => {
      number += 1;
      const line = { number, text: piece, isCut };
      isCut = false;
      return line;
    });
    if (held.length > LIMITS.rowBytes) [held, isCut] = [held.slice(0, LIMITS.rowBytes), true];
    yield lines;
  }
  if (held.trimEnd() !== '') yield [{ number: number + 1, text: held, isCut }];
}

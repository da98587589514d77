/** Where cells and rows begin and end, for what the parser gave up. Nothing is kept of the text. */
const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

type State = 'start' | 'plain' | 'quoted' | 'closed';

/** Goes over the bytes of one row. */
export class RowScan {
  /** From 1: of the cell that it is in. */
  column = 1;
  /** Where that begins, bytes from the row's beginning. */
  cellStart = 0;
  /** The longest cell that has ended. */
  longest = { column: 1, start: 0, bytes: 0 };
  #at = 0;
  #state: State = 'start';
  readonly #delimiter: number;

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /** A quote is open. */
  get isQuoted(): boolean {
    return this.#state === 'quoted';
  }

  /**
   * Goes on, at most to the row's end.
   *
   * @returns how many of these bytes are before it, -1 if it does not end in them; null at text behind a closing quote.
   */
  next(bytes: Uint8Array): number | null {
    for (const [index, byte] of bytes.entries()) {
      if (this.#state === 'quoted') {
        if (byte === QUOTE) this.#state = 'closed';
      } else if (byte === this.#delimiter) this.#nextCell();
      else if (byte === LF || byte === CR) {
        this.end();
        return index;
      } else if (byte === QUOTE && this.#state !== 'plain') this.#state = 'quoted';
      else if (this.#state === 'closed') return null;
      else this.#state = 'plain';
      this.#at += 1;
    }
    return -1;
  }

  /** The row ends here. */
  end(): void {
    const bytes = this.#at - this.cellStart;
    if (bytes > this.longest.bytes) this.longest = { column: this.column, start: this.cellStart, bytes };
  }

  #nextCell(): void {
    this.end();
    this.column += 1;
    this.cellStart = this.#at + 1;
    this.#state = 'start';
  }
}

/** Bytes of the first line with its end; -1 if it does not end here, or may go on with a line feed. */
export function lineLength(bytes: Buffer, isLast: boolean): number {
  const ends = [bytes.indexOf(LF), bytes.indexOf(CR)].filter((at) => at >= 0);
  if (ends.length === 0) return isLast ? bytes.length : -1;
  const at = Math.min(...ends);
  if (bytes[at] === CR && at + 1 === bytes.length && !isLast) return -1;
  return at + (bytes[at] === CR && bytes[at + 1] === LF ? 2 : 1);
}

/** Line ends at the beginning. One at the very end that may go on with a line feed is left. */
export function leadingBlankLines(bytes: Buffer): { bytes: number; lines: number } {
  let [at, lines] = [0, 0];
  for (; at < bytes.length; lines += 1) {
    if (bytes[at] === LF) at += 1;
    else if (bytes[at] === CR && at + 1 < bytes.length) at += bytes[at + 1] === LF ? 2 : 1;
    else break;
  }
  return { bytes: at, lines };
}

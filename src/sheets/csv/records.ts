/** Text into rows. A damaged row costs itself: reading goes on with the line below the one where it began. */
import type { CsvError } from 'csv-parse';
import { LIMITS } from '../limits.ts';
import { refused, type SheetProblem } from '../problem.ts';
import type { RawRow } from '../sheet.ts';
import { CsvParser, parseLoosely } from './csv-parser.ts';
import { misplaced, notClosed, tooLarge, VALUE_BYTES } from './damage.ts';
import { leadingBlankLines, lineLength, RowScan } from './scan.ts';

/**
 * Rows of a text in batches; those without a single character are counted only.
 *
 * @throws {SheetRefused} QUOTE_NOT_CLOSED, where the rest cannot be told apart: a quote stays open for longer than a row may be.
 */
export async function* readRecords(
  texts: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<RawRow[]> {
  const records = new Records(delimiter);
  for await (const text of texts) yield await records.take(Buffer.from(text), false);
  yield await records.take(Buffer.alloc(0), true);
}

/** What is done with what comes next: parse it, wait for the end of the line where a row is damaged, or pass over a row that is too large. */
type Mode =
  | { kind: 'parse' }
  | { kind: 'line'; error: CsvError }
  | { kind: 'pass'; scan: RowScan; start: Buffer }
  | { kind: 'pass-line'; start: Buffer };

class Records {
  readonly #delimiter: string;
  #parser: CsvParser;
  #mode: Mode = { kind: 'parse' };
  /** Since the last row that is whole. */
  #held: Buffer = Buffer.alloc(0);
  /** Of `#held` at its end, what nobody has looked at. */
  #fresh: Buffer = Buffer.alloc(0);
  /** Bytes of what the parser was given before `#held`. */
  #before = 0;
  #rowNumber = 0;
  /** Of those that the parser was given, the ones that are counted. */
  #blankLines = 0;
  /** A row was damaged and none has been whole since: what looks odd may be its rest. */
  #isSuspect = false;
  #rows: RawRow[] = [];

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
    this.#parser = new CsvParser(delimiter);
  }

  /** Takes the next bytes; gives the rows that they end. */
  async take(bytes: Buffer, isLast: boolean): Promise<RawRow[]> {
    this.#held = Buffer.concat([this.#held, bytes]);
    this.#fresh = bytes;
    while (await this.#step(isLast));
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  /** Whether there is more to do with what is held. */
  #step(isLast: boolean): Promise<boolean> | boolean {
    const mode = this.#mode;
    if (mode.kind === 'parse') return this.#parse(isLast);
    if (mode.kind === 'line') return this.#endLine(mode.error, isLast);
    return mode.kind === 'pass' ? this.#pass(mode, isLast) : this.#passLine(mode, isLast);
  }

  async #parse(isLast: boolean): Promise<boolean> {
    const { rows, error } = await this.#parser.give(this.#fresh, isLast);
    this.#fresh = Buffer.alloc(0);
    for (const { cells, blankLines } of rows) {
      this.#countBlank(blankLines - this.#blankLines);
      this.#push(cells);
    }
    this.#drop((rows.at(-1)?.endBytes ?? this.#before) - this.#before);
    this.#dropBlankLines();
    if (rows.length > 0) this.#isSuspect = false;
    if (error) this.#mode = { kind: 'line', error };
    else if (this.#held.length > LIMITS.rowBytes) {
      this.#mode = { kind: 'pass', scan: new RowScan(this.#delimiter), start: this.#held };
      this.#fresh = this.#held;
    } else return false;
    return true;
  }

  /** What is held then begins where a row does. */
  #dropBlankLines(): void {
    const { bytes, lines } = leadingBlankLines(this.#held);
    this.#countBlank(lines);
    this.#drop(bytes);
  }

  #countBlank(lines: number): void {
    this.#rowNumber += lines;
    this.#blankLines += lines;
  }

  #drop(bytes: number): void {
    this.#held = this.#held.subarray(bytes);
    this.#before += bytes;
  }

  #endLine(error: CsvError, isLast: boolean): boolean {
    const length = lineLength(this.#held, isLast);
    if (length >= 0) {
      this.#damaged(this.#held.subarray(0, length), error);
      this.#restart(length);
      return true;
    }
    if (this.#held.length > LIMITS.rowBytes) this.#mode = { kind: 'pass-line', start: this.#held };
    return this.#mode.kind === 'pass-line';
  }

  #damaged(line: Buffer, error: CsvError): void {
    const scan = new RowScan(this.#delimiter);
    const ended = scan.next(line);
    const isOpen = scan.isQuoted;
    const isPlain = ended !== null && !isOpen;
    const cells = isPlain && !this.#isSuspect ? parseLoosely(line, this.#delimiter) : null;
    if (cells) return this.#push(cells);
    this.#isSuspect = true;
    const column = isPlain ? Number(error['column']) + 1 : scan.column;
    const value = isPlain ? line : line.subarray(scan.cellStart);
    const place = { row: this.#rowNumber + 1, column, value: value.toString().trimEnd() };
    this.#push([], isOpen ? notClosed(place) : misplaced(place));
  }

  /** @throws {SheetRefused} QUOTE_NOT_CLOSED. */
  #pass({ scan, start }: Mode & { kind: 'pass' }, isLast: boolean): boolean {
    const row = this.#rowNumber + 1;
    const at = scan.next(this.#fresh);
    if (at === null || (at < 0 && isLast && scan.isQuoted)) {
      const value = start.subarray(scan.cellStart, scan.cellStart + VALUE_BYTES).toString();
      const reason = `A quote is opened here that is not closed within ${LIMITS.rowBytes / 2 ** 20} MiB; the rows below cannot be told apart.`;
      throw refused('QUOTE_NOT_CLOSED', reason, { row, column: scan.column, value });
    }
    if (at < 0 && !isLast) {
      this.#held = this.#fresh = Buffer.alloc(0);
      return false;
    }
    scan.end();
    this.#push([], tooLarge(row, scan.longest, start));
    const ended = at < 0 ? Buffer.alloc(0) : this.#fresh.subarray(at);
    this.#held = ended;
    // The end of the row may be cut between its two bytes: then its line ends later.
    this.#mode = { kind: 'pass-line', start: Buffer.alloc(0) };
    return true;
  }

  /** Without a `start`, only the line's end is left. */
  #passLine({ start }: Mode & { kind: 'pass-line' }, isLast: boolean): boolean {
    const length = lineLength(this.#held, isLast);
    if (length < 0) {
      // Of a line's end that may be cut, the first byte.
      this.#held = this.#held.subarray(
        this.#held.at(-1) === 0x0d ? this.#held.length - 1 : this.#held.length,
      );
      return false;
    }
    if (start.length > 0) {
      const longest = { column: 1, start: 0, bytes: 0 };
      this.#push([], tooLarge(this.#rowNumber + 1, longest, start));
    }
    this.#restart(length);
    return true;
  }

  #restart(from: number): void {
    this.#held = this.#fresh = this.#held.subarray(from);
    this.#before = 0;
    this.#blankLines = 0;
    this.#parser = new CsvParser(this.#delimiter);
    this.#mode = { kind: 'parse' };
  }

  #push(cells: string[], ...problems: SheetProblem[]): void {
    this.#rowNumber += 1;
    this.#rows.push({ rowNumber: this.#rowNumber, cells, problems });
  }
}

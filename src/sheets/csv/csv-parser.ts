import { type CsvError, type Options, Parser } from 'csv-parse';
import { parse } from 'csv-parse/sync';

const optionsOf = (delimiter: string): Options => ({
  delimiter,
  // Found by itself, it is that of the first row only.
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  // They are counted.
  skip_empty_lines: true,
});

/** A row, with how much of all that was given is behind it. */
type ParsedRow = { cells: string[]; endBytes: number; blankLines: number };

/** csv-parse over UTF-8: what it finds in some bytes, or why it gives up. */
export class CsvParser {
  readonly #parser: Parser;
  #rows: ParsedRow[] = [];

  constructor(delimiter: string) {
    this.#parser = new Parser({
      ...optionsOf(delimiter),
      on_record: (cells: string[], { bytes, empty_lines }) => {
        this.#rows.push({ cells, endBytes: bytes, blankLines: empty_lines });
        return null;
      },
    });
    // Whoever gave the bytes is told.
    this.#parser.on('error', () => {});
  }

  /** The rows that end in these bytes; with an error, those before it, and the parser takes no more. */
  async give(bytes: Buffer, isLast: boolean): Promise<{ rows: ParsedRow[]; error: CsvError | undefined }> {
    const error = await withoutStacks(
      () =>
        new Promise<CsvError | undefined>((resolve) => {
          const told = (cause?: Error | null) => resolve((cause ?? undefined) as CsvError | undefined);
          if (isLast) this.#parser.end(bytes, told);
          else this.#parser.write(bytes, told);
        }),
    );
    const rows = this.#rows;
    this.#rows = [];
    return { rows, error };
  }
}

/** csv-parse makes an error for each row that is not as long as the first, though nobody wants it: with its stack, that takes longer than the row. */
function withoutStacks<Result>(work: () => Result): Result {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The cells of a line whose unquoted cells have quotes within, as spreadsheets read it; null if it is no single row. */
export function parseLoosely(line: Buffer, delimiter: string): string[] | null {
  try {
    const rows = parse(line, { ...optionsOf(delimiter), relax_quotes: true });
    return rows.length === 1 ? rows[0]! : null;
  } catch {
    return null;
  }
}

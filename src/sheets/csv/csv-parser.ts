import { type CsvError, type Options, Parser } from 'csv-parse';
import { parse } from 'csv-parse/sync';

const optionsOf = (delimiter: string): Options => ({
  delimiter,
  // Found by itself, it is that of the first row only.
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
});

/** A row, and how many bytes of all that was given are behind it. */
type ParsedRow = { cells: string[]; end: number };

/** csv-parse over UTF-8: what it finds in some bytes, or why it gives up. */
export class CsvParser {
  readonly #parser: Parser;
  #rows: ParsedRow[] = [];

  constructor(delimiter: string) {
    this.#parser = new Parser({
      ...optionsOf(delimiter),
      on_record: (cells: string[], { bytes }) => {
        this.#rows.push({ cells, end: bytes });
        return null;
      },
    });
    // Whoever gave the bytes is told.
    this.#parser.on('error', () => {});
  }

  /** The rows that end in these bytes; with an error, those before it, and the parser takes no more. */
  async give(bytes: Buffer, isLast: boolean): Promise<{ rows: ParsedRow[]; error: CsvError | undefined }> {
    const error = await new Promise<CsvError | undefined>((resolve) => {
      const told = (cause?: Error | null) => resolve((cause ?? undefined) as CsvError | undefined);
      if (isLast) this.#parser.end(bytes, told);
      else this.#parser.write(bytes, told);
    });
    const rows = this.#rows;
    this.#rows = [];
    return { rows, error };
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

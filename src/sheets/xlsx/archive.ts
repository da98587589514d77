/** A workbook's archive: what it says of its sizes is checked first, then what really comes is counted. */
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { refused, SheetRefused } from '../problem.ts';

/** Ours. The largest that a person's workbook of our rows needs is a tenth of it. */
export const ARCHIVE_LIMITS = {
  entries: 10_000,
  /** Bytes of all parts, unpacked. */
  allBytes: 2 ** 30,
  /** Bytes of a sheet, unpacked. */
  sheetBytes: 2 ** 29,
  /** Bytes of the table of texts, unpacked; it is kept in memory. */
  textsBytes: 2 ** 26,
  /** Bytes of any other part, unpacked. */
  partBytes: 2 ** 25,
  /** UTF-16 units without a tag: the reader of XML keeps such a run whole. */
  runUnits: 2 ** 22,
} as const;

export class Archive {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  #left: number = ARCHIVE_LIMITS.allBytes;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip;
    this.#entries = entries;
  }

  /** @throws {SheetRefused} FILE_DAMAGED, CONTENT_TOO_LARGE. */
  static async open(file: string): Promise<Archive> {
    const zip = await openPromise(file, { lazyEntries: true, autoClose: false }).catch(damaged);
    try {
      if (zip.entryCount > ARCHIVE_LIMITS.entries) throw tooLarge();
      return new Archive(zip, await entriesOf(zip));
    } catch (error) {
      zip.close();
      return damaged(error);
    }
  }

  [Symbol.dispose](): void {
    this.#zip.close();
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  names(): string[] {
    return [...this.#entries.keys()];
  }

  /** Text of a part. @throws {SheetRefused} FILE_DAMAGED, FILE_ENCRYPTED, CONTENT_TOO_LARGE. */
  async *text(name: string, limitBytes: number): AsyncGenerator<string> {
    const entry = this.#entries.get(name);
    if (!entry) throw refused('FILE_DAMAGED', 'The workbook lacks a part that it names.', { value: name });
    if (entry.isEncrypted()) throw refused('FILE_ENCRYPTED', 'The archive is protected by a password.');
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let [bytes, run] = [0, 0];
    try {
      for await (const chunk of await this.#zip.openReadStreamPromise(entry)) {
        bytes += (chunk as Buffer).length;
        this.#left -= (chunk as Buffer).length;
        if (bytes > limitBytes || this.#left < 0) throw tooLarge();
        const text = decoder.decode(chunk as Buffer, { stream: true });
        const tag = text.lastIndexOf('<');
        run = tag < 0 ? run + text.length : text.length - tag;
        if (run > ARCHIVE_LIMITS.runUnits) throw tooLarge();
        yield text;
      }
      yield decoder.decode();
    } catch (error) {
      damaged(error);
    }
  }
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  let bytes = 0;
  for await (const entry of zip.eachEntry()) {
    bytes += entry.uncompressedSize;
    if (bytes > ARCHIVE_LIMITS.allBytes) throw tooLarge();
    entries.set(entry.fileName.replace(/^\//, ''), entry);
  }
  return entries;
}

const tooLarge = () =>
  refused(
    'CONTENT_TOO_LARGE',
    'Unpacked, the workbook is larger than what is read; save the sheet alone, or as CSV.',
  );

function damaged(error: unknown): never {
  if (error instanceof SheetRefused) throw error;
  throw refused('FILE_DAMAGED', 'The workbook is damaged: its archive cannot be unpacked. Save it anew.');
}

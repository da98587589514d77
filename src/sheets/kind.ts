/** What a file is, by its first bytes. Its name tells nothing. */
import { evidentEncoding } from '../text/encoding.ts';
import { looksBinary } from '../text/looks-binary.ts';
import { refused, type SheetRefused } from './problem.ts';
import type { SheetFormat } from './sheet.ts';
import { bytesOf, readPart } from './text/file-bytes.ts';

const startsWith = (bytes: Buffer, magic: string): boolean =>
  bytes.subarray(0, magic.length).toString('latin1') === magic;

const ZIP = 'PK\u0003\u0004';
/** Of Microsoft's compound files. */
const OLE = '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1';
/** Name of the part of a compound file that an encrypted workbook is in. */
const ENCRYPTED_PART = Buffer.from('EncryptedPackage', 'utf16le');

/** What people send by mistake. */
const OTHERS: readonly [magic: string, name: string][] = [
  ['\u0089PNG', 'a PNG picture'],
  ['\u00ff\u00d8\u00ff', 'a JPEG picture'],
  ['GIF8', 'a GIF picture'],
  ['%PDF', 'a PDF'],
  ['\u001f\u008b', 'a gzip archive'],
  ['7z\u00bc\u00af', 'a 7z archive'],
  ['PK\u0005\u0006', 'an empty ZIP archive'],
  ['\u007fELF', 'a program'],
  ['RIFF', 'a sound or a film'],
  ['\u001a\u0045\u00df\u00a3', 'a film'],
];

/** @throws {SheetRefused} FILE_EMPTY, NOT_A_SHEET, FILE_ENCRYPTED, FORMAT_UNSUPPORTED. */
export async function findFormat(file: string): Promise<SheetFormat> {
  const start = await readPart(file);
  if (start.length === 0) throw refused('FILE_EMPTY', 'There is nothing in it.');
  if (startsWith(start, ZIP)) return 'XLSX';
  if (startsWith(start, OLE)) throw await compoundFile(file);
  const other = OTHERS.find(([magic]) => startsWith(start, magic));
  if (other) throw refused('NOT_A_SHEET', `It is ${other[1]}, not rows.`);
  const encoding = evidentEncoding(start);
  if (encoding === null && looksBinary(start)) throw refused('NOT_A_SHEET', 'It is no text and no workbook.');
  return formatOfText(new TextDecoder(encoding ?? 'utf-8').decode(start));
}

/** A header that begins like an object of JSON would have to be quoted in quotes. */
const JSON_START = /^\s*\{\s*("|\}|$)/;

function formatOfText(text: string): SheetFormat {
  if (/^\s*\[\s*[{[\]]/.test(text))
    throw refused('FORMAT_UNSUPPORTED', 'It is one list of JSON; write one object a line (JSON Lines).');
  if (/^\s*<(\?xml|!doctype|html|table)/i.test(text))
    throw refused('FORMAT_UNSUPPORTED', 'It is XML or HTML; save it as XLSX or CSV.');
  return JSON_START.test(text) ? 'JSON_LINES' : 'CSV';
}

async function compoundFile(file: string): Promise<SheetRefused> {
  let tail: Buffer = Buffer.alloc(0);
  for await (const bytes of bytesOf(file)) {
    tail = Buffer.concat([tail.subarray(-ENCRYPTED_PART.length), bytes]);
    if (tail.includes(ENCRYPTED_PART))
      return refused('FILE_ENCRYPTED', 'The workbook is protected by a password; save it without one.');
  }
  return refused('FORMAT_UNSUPPORTED', 'It is an old workbook (XLS) or document; save it as XLSX.');
}

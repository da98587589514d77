import { decoded } from '../../text/decoded.ts';
import { type Encoding, findEncoding } from '../../text/encoding.ts';
import { EncodingUnknown } from '../../text/encoding-unknown.ts';
import { refused } from '../problem.ts';
import { bytesOf } from './file-bytes.ts';

/**
 * Finds the encoding of a file.
 *
 * @param asked label of the encoding that somebody says it has.
 * @throws {SheetRefused} ENCODING_UNKNOWN.
 */
export async function fileEncoding(file: string, asked?: string): Promise<Encoding> {
  try {
    return await findEncoding(() => bytesOf(file), { asked });
  } catch (error) {
    throw error instanceof EncodingUnknown ? refused('ENCODING_UNKNOWN', error.message) : error;
  }
}

/** A file's text in pieces, none empty, without its mark. */
export const decodedFile = (file: string, label: string): AsyncGenerator<string> =>
  decoded(() => bytesOf(file), label);

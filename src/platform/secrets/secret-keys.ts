import { createHash } from 'node:crypto';

/** AES-256. */
export const KEY_BYTES = 32;
const ID_LENGTH = 8;

export type SecretKey = {
  /** Start of its SHA-256: names it, and tells nothing of it. */
  id: string;
  bytes: Buffer;
};

/** The keys of a list (base64, commas between), the newest first; null if it is no such list. */
export function readKeys(text: string): SecretKey[] | null {
  const keys = text.split(',').map((key) => readKey(key.trim()));
  return keys.every((key) => key !== null) ? keys : null;
}

function readKey(text: string): SecretKey | null {
  const bytes = Buffer.from(text, 'base64');
  // Node skips what is not base64; a key that was mistyped would be another key.
  if (bytes.length !== KEY_BYTES || bytes.toString('base64') !== text) return null;
  const id = createHash('sha256').update(bytes).digest('hex').slice(0, ID_LENGTH);
  return { id, bytes };
}

import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { decodeText } from '../../core/decode-text.ts';
import { closeFile } from '../owner-only.ts';
import { KEY_BYTES, readKeys } from './secret-keys.ts';

const FILE = 'secret.key';
/** For the user that vidpipe runs as, and nobody else. */
const OWNER_ONLY = 0o600;

/**
 * The key of a data directory, made and written to its file `secret.key` if there is none. Whoever calls holds the
 * directory: two at once would make two.
 *
 * @throws {Error} naming the file, if it cannot be written or holds no key.
 */
export function ownKey(directory: string): string {
  const file = path.join(directory, FILE);
  const text = readIfThere(file)?.trim() ?? makeKey(file);
  if (readKeys(text) === null)
    throw new Error(
      `${file} holds no key: put back the one that was there, or remove it and rotate secrets.`,
    );
  return text;
}

function readIfThere(file: string): string | null {
  try {
    const text = decodeText(readFileSync(file));
    // It may have come out of a copy that did not keep its mode.
    closeFile(file);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Whole or not at all: what a killed process left would be taken for a key, or for none. */
function makeKey(file: string): string {
  const text = randomBytes(KEY_BYTES).toString('base64');
  const draft = `${file}.new`;
  const handle = openSync(draft, 'w', OWNER_ONLY);
  writeSync(handle, `${text}\n`);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(draft, file);
  return text;
}

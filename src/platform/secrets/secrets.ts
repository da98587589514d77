/** Other people's secrets, as the database keeps them: AES-256-GCM, with the id of the key in front. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DomainError } from '../../core/errors.ts';
import { readKeys, type SecretKey } from './secret-keys.ts';
import { ownKey } from './own-key.ts';

const CIPHER = 'aes-256-gcm';
/** NIST SP 800-38D: 96 bits, random for each text. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Stands before everything that is sealed, and says how. */
const FORMAT = 'v1';

/** Secrets that no process of this kind can read: it has not the key they were sealed with. */
export class SecretUnreadableError extends Error {
  override readonly name = 'SecretUnreadableError';
}

/** Seals secrets for the database and opens them again. */
export type Secrets = {
  /**
   * What the database may hold of `text`.
   *
   * @param owner id of the row it stands in: in another row it cannot be opened.
   * @throws {DomainError} `SECRET_KEY_MISSING` if this process has no key.
   */
  seal(text: string, owner: string): string;
  /**
   * The text again. What was never sealed is given back as it is: rows from before there were keys.
   *
   * @throws {SecretUnreadableError} if its key is not among this process's, or it was tampered with.
   */
  open(kept: string, owner: string): string;
  /** What all that is sealed with the newest key starts with; null if this process has no key. */
  readonly mark: string | null;
};

export type SecretsOptions = {
  /** As in setting `VIDPIPE_SECRET_KEY`. */
  keys: string | null;
  /** Where a process that shares its database with nobody keeps a key of its own; null if others share it. */
  ownDirectory: string | null;
};

/**
 * Reads the keys; makes one where there is none and `ownDirectory` is given, on disk before it is used.
 *
 * @throws {Error} if the file of the key cannot be written or holds none.
 */
export function openSecrets({ keys, ownDirectory }: SecretsOptions): Secrets {
  const given = keys ?? (ownDirectory === null ? null : ownKey(ownDirectory));
  const known = given === null ? [] : (readKeys(given) ?? []);
  const [newest] = known;
  return {
    mark: newest ? `${FORMAT}.${newest.id}.` : null,
    seal(text, owner) {
      if (newest) return seal(newest, text, owner);
      const message = 'The server has no VIDPIPE_SECRET_KEY to keep secrets with; set it in every process.';
      throw new DomainError('SECRET_KEY_MISSING', message);
    },
    open(kept, owner) {
      const [format, id, sealed] = kept.split('.');
      if (format !== FORMAT) return kept;
      const key = known.find((each) => each.id === id);
      if (!key) throw new SecretUnreadableError(`It was sealed with key ${id}, which this process has not.`);
      return open(key, Buffer.from(sealed ?? '', 'base64url'), owner);
    },
  };
}

function seal({ id, bytes }: SecretKey, text: string, owner: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, bytes, nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${FORMAT}.${id}.${sealed.toString('base64url')}`;
}

function open({ id, bytes }: SecretKey, sealed: Buffer, owner: string): string {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(-TAG_BYTES);
  try {
    const decipher = createDecipheriv(CIPHER, bytes, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(owner)).setAuthTag(tag);
    const text = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new SecretUnreadableError(`It is not what was sealed with key ${id}.`, { cause });
  }
}

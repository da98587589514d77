/** What a key looks like, and what is kept of it. */
import { createHash, randomBytes } from 'node:crypto';

/** 32 bits: enough to tell keys apart by sight. */
const PREFIX_BYTES = 4;
/** 256 bits: nobody guesses one. */
const SECRET_BYTES = 32;

const KEY = /^vp_[0-9a-f]{8}_[\w-]{43}$/;
const PREFIX = /^vp_[0-9a-f]{8}/;

/** A new key: `vp_1a2b3c4d_` and 32 random bytes in base64url. */
export function newKey(): { key: string; prefix: string } {
  const prefix = `vp_${randomBytes(PREFIX_BYTES).toString('hex')}`;
  return { key: `${prefix}_${randomBytes(SECRET_BYTES).toString('base64url')}`, prefix };
}

/** Whether a text may be a key at all: whatever may not costs no look into the database. */
export const isKey = (text: string): boolean => KEY.test(text);

/** What is kept of a key. The prefix is hashed too, so that each key has one spelling. */
export const hashOf = (key: string): Buffer<ArrayBuffer> => createHash('sha256').update(key).digest();

/** The prefix that a text starts with; undefined if it starts with none. A whole key will do. */
export const prefixOf = (text: string): string | undefined => PREFIX.exec(text)?.[0];

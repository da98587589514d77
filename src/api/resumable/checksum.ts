/** The checksum that a client may send with a piece (tus, extension checksum). */
import { createHash, type Hash } from 'node:crypto';
import { Refused } from './refused.ts';

/** As `Tus-Checksum-Algorithm` lists them. */
export const CHECKSUM_ALGORITHMS = ['sha256', 'sha1', 'md5'] as const;

export type Checksum = { algorithm: string; digest: Buffer };

const FORM = /^(\w+) ([\w+/]+={0,2})$/;

/**
 * Reads `Upload-Checksum: sha256 <base64>`; null without one.
 *
 * @throws {Refused} 400 if it is none of an algorithm that is known.
 */
export function readChecksum(header: string | string[] | undefined): Checksum | null {
  if (header === undefined) return null;
  const [, algorithm, text = ''] = FORM.exec(String(header)) ?? [];
  const known = CHECKSUM_ALGORITHMS.find((name) => name === algorithm);
  const digest = Buffer.from(text, 'base64');
  if (!known || digest.length !== createHash(known).digest().length)
    throw new Refused(
      400,
      `Upload-Checksum must be one of ${CHECKSUM_ALGORITHMS.join(', ')}, with its digest in base64.`,
    );
  return { algorithm: known, digest };
}

export const matches = (hash: Hash, { digest }: Checksum): boolean => hash.digest().equals(digest);

/** What tus clients read as "Checksum Mismatch". */
const MISMATCH = 460;

export const mismatch = () => new Refused(MISMATCH, 'The checksum is another one; send the piece again.');

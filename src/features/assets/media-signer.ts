/** Addresses of files that open without a key, for a while: a `<video>` sends no header. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { PrismaClient } from '../../generated/prisma/client.ts';

/** Name of the secret that every process of a database signs with. */
const SECRET = 'media';
const SECRET_BYTES = 32;

/** Expiries fall on these, so that a file keeps its address for a while: caches know it, and live events share it. */
const STEP_SECONDS = 3_600;
/** An address holds at least so long: time to watch a film that was just asked for. */
const LEAST_SECONDS = 6 * 3_600;

/** What an address is worth. */
export type Worth = 'VALID' | 'EXPIRED' | 'FORGED';

export type MediaSigner = {
  /** What follows the address of a file: `?expires=…&signature=…`, good for six to seven hours. */
  query: (storageKey: string) => string;
  /** What `query` of an address that somebody shows is worth, for this file. */
  judge: (storageKey: string, query: URLSearchParams) => Worth;
};

/** Signs with the secret in the database; the first process makes it. */
export async function openMediaSigner(db: Pick<PrismaClient, 'serverSecret'>): Promise<MediaSigner> {
  const made = { name: SECRET, secret: randomBytes(SECRET_BYTES) };
  await db.serverSecret.createMany({ data: [made], skipDuplicates: true });
  const { secret } = await db.serverSecret.findUniqueOrThrow({ where: { name: SECRET } });
  const sign = (storageKey: string, expires: string) =>
    createHmac('sha256', secret).update(`${expires}\n${storageKey}`).digest('base64url');
  return {
    query(storageKey) {
      const expires = String(Math.ceil((now() + LEAST_SECONDS) / STEP_SECONDS) * STEP_SECONDS);
      return `?expires=${expires}&signature=${sign(storageKey, expires)}`;
    },
    judge(storageKey, query) {
      const expires = query.get('expires') ?? '';
      if (!isSame(query.get('signature') ?? '', sign(storageKey, expires))) return 'FORGED';
      return Number(expires) > now() ? 'VALID' : 'EXPIRED';
    },
  };
}

/** Seconds since 1970. */
const now = () => Date.now() / 1_000;

function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

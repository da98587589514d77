/** Where files lie: `<workspace>/files/<id>.<extension>`, whatever they are of, so that rows of several projects may name one. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import { throughOutages } from '../../platform/database/outage.ts';

/** Name of the secret by which a database knows its files. */
const SECRET = 'files';
const SECRET_BYTES = 32;
/** Bytes of an id that come from its name; the others tell whose it is. */
const NAME_BYTES = 10;
const ID_BYTES = 16;

const UUID = String.raw`[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}`;
const KEY = new RegExp(String.raw`^(${UUID})/files/(${UUID})\.\w+$`);

export type FileKeys = {
  /**
   * Key of a file of a workspace.
   *
   * @param name what it is of, as in `video-clip:<id>`: the same each time it is made, so that what is made again after a
   * crash takes the same place.
   */
  keyOf: (workspaceId: string, name: string, extension: string) => string;
  /** Whether a key was made with this database's secret: a bucket may have files of another installation. */
  isOurs: (key: string) => boolean;
};

type Db = Pick<PrismaClient, 'serverSecret'>;

const opened = new WeakMap<Db, Promise<FileKeys>>();

/** The keys of a database's files, read once a process; waits while the database is away. The first process makes the secret. */
export function fileKeys(db: Db): Promise<FileKeys> {
  const known = opened.get(db);
  if (known) return known;
  const opening = throughOutages(() => open(db));
  opened.set(db, opening);
  opening.catch(() => opened.delete(db));
  return opening;
}

async function open(db: Db): Promise<FileKeys> {
  const made = { name: SECRET, secret: randomBytes(SECRET_BYTES) };
  await db.serverSecret.createMany({ data: [made], skipDuplicates: true });
  const { secret } = await db.serverSecret.findUniqueOrThrow({ where: { name: SECRET } });
  return keysOf(secret);
}

/** Pure; of `secret`. */
export function keysOf(secret: Uint8Array): FileKeys {
  const digest = (what: string, content: string | Uint8Array) =>
    createHmac('sha256', secret).update(`${what}\n`).update(content).digest();
  const signed = (head: Uint8Array) =>
    Buffer.concat([head, digest('signature', head).subarray(0, ID_BYTES - NAME_BYTES)]);
  return {
    keyOf(workspaceId, name, extension) {
      const head = digest('name', name).subarray(0, NAME_BYTES);
      // Version 8 and the variant: it is a UUID like any other.
      head[6] = ((head[6] ?? 0) & 0x0f) | 0x80;
      head[8] = ((head[8] ?? 0) & 0x3f) | 0x80;
      return `${workspaceId}/files/${uuidOf(signed(head))}.${extension}`;
    },
    isOurs(key) {
      const [, , id] = KEY.exec(key) ?? [];
      if (id === undefined) return false;
      const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
      return timingSafeEqual(bytes, signed(bytes.subarray(0, NAME_BYTES)));
    },
  };
}

const uuidOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Workspace of a key of any layout. */
export const workspaceOf = (key: string): string => key.slice(0, key.indexOf('/'));

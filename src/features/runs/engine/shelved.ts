/** What was paid for and that the storage does not take: it waits on the shelf of a machine, and is never bought again for it. */
import { hostname } from 'node:os';
import { keepPatiently } from '../../../platform/storage/keep-patiently.ts';
import type { Storage } from '../../../platform/storage/storage.ts';
import { NotKept } from '../../budget/spend.ts';
import { Postponed } from './postponed.ts';

/** What lies on a shelf, as its row tells. */
export type Shelved = {
  filePath: string;
  machine: string;
  /** When a worker of that machine last had it at hand. */
  seenAt: Date;
};

/** How long the machine that has it is waited for; ours, room for a restart or a move. */
const ELSEWHERE_MINUTES = 60;
/** Between two looks whether it is here. */
const LOOK_MILLISECONDS = 5_000;

/** What a person is told of what its machine did not bring. */
export const notBrought = ({ machine }: Pick<Shelved, 'machine'>): string =>
  `it waited for the storage on ${machine}, whose workers have not brought it within ${ELSEWHERE_MINUTES} minutes`;

/** The row of what was just put on the shelf of this machine. */
export const onThisMachine = () => ({ machine: hostname(), createdAt: new Date(), seenAt: new Date() });

/**
 * Keeps a file, or puts it on the shelf if the storage refuses it.
 *
 * @param file where it lies, handed out by the storage.
 * @returns why it lies on the shelf; null if it is kept.
 * @throws {Error} what the storage says that refuses it for three minutes, where the shelf has no room either.
 */
export async function keepOrShelve(
  storage: Pick<Storage, 'keep' | 'shelf'>,
  file: string,
  key: string,
): Promise<{ cause: unknown } | null> {
  try {
    await storage.keep(file, key);
    return null;
  } catch (cause) {
    const isShelved = await storage.shelf.put(file, key).then(
      () => true,
      () => false,
    );
    if (isShelved) return { cause };
    await keepPatiently(storage, file, key);
    return null;
  }
}

/**
 * Keeps what waits on the shelf.
 *
 * @param what it is, for people: "The frame".
 * @param onSeen is told that it is here, where the storage still refuses it.
 * @returns whether it is kept; not so where its machine was not seen with it for an hour.
 * @throws {NotKept} if the storage still refuses it; {Postponed} if it is not here: a worker elsewhere may have it.
 */
export async function keepShelved(
  storage: Pick<Storage, 'keep' | 'shelf' | 'size'>,
  what: string,
  { filePath, machine, seenAt }: Shelved,
  onSeen: () => Promise<unknown>,
): Promise<boolean> {
  const file = await storage.shelf.find(filePath);
  try {
    if (file !== null) await storage.keep(file, filePath);
    // Brought before, by a worker that died before it was written.
    if (file !== null || (await storage.size(filePath)) !== null) return true;
  } catch (error) {
    // It only tells the others that they may wait.
    if (file !== null) await onSeen().catch(() => {});
    throw new NotKept(what, error);
  }
  if (Date.now() - seenAt.getTime() > ELSEWHERE_MINUTES * 60_000) return false;
  throw new Postponed(new Date(Date.now() + LOOK_MILLISECONDS), {
    code: 'MEDIA_FAILED',
    reason: `${what} is paid for and waits for the storage on ${machine}; a worker there keeps it.`,
  });
}

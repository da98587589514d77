/** Frames that were paid for and that the storage does not take: they wait on the shelf, and are never bought again for it. */
import { hostname } from 'node:os';
import { DomainError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import type { KeyframePosition, UnkeptFrame } from '../../generated/prisma/client.ts';
import type { Tx } from '../../platform/database/database.ts';
import { throughOutages } from '../../platform/database/outage.ts';
import { keepPatiently } from '../../platform/storage/keep-patiently.ts';
import { isFree, type Order, settle } from '../budget/reservation.ts';
import { NotKept } from '../budget/spend.ts';
import { NotYet, type WorkCtx } from '../runs/pipeline.ts';
import type { Drawing, Drawn } from './keep-frame.ts';

/** How long the machine that has a frame is waited for; ours, room for a restart or a move. */
const ELSEWHERE_MINUTES = 60;
/** Between two looks whether it is here. */
const LOOK_MILLISECONDS = 5_000;

/** The machine that has it did not come back: another may be bought, when a person says so. */
export class FrameLost extends DomainError {
  constructor({ machine }: UnkeptFrame) {
    super(
      'MEDIA_FAILED',
      `The frame was paid for and is lost: it waited for the storage on ${machine}, whose workers have not brought it within ${ELSEWHERE_MINUTES} minutes; resume the project to buy another.`,
    );
  }
}

/**
 * Keeps a drawn frame, or puts it on the shelf if the storage refuses it; its purchase is then booked at once.
 *
 * @param file where it lies, lent by the storage.
 * @throws {NotKept} if it lies on the shelf; else what the storage throws that refuses it for three minutes.
 */
export async function keepOrShelve(
  { db, storage }: Pick<WorkCtx, 'db' | 'storage'>,
  { scene, position }: Pick<Drawing, 'scene' | 'position'>,
  file: string,
  drawn: Drawn,
): Promise<void> {
  const { filePath, order } = drawn;
  try {
    await storage.keep(file, filePath);
  } catch (cause) {
    if (isFree(order)) throw cause;
    const isShelved = await storage.shelf.put(file, filePath).then(
      () => true,
      () => false,
    );
    if (!isShelved) return keepPatiently(storage, file, filePath);
    const frame = unkeptOf(drawn);
    const where = { sceneId_position: { sceneId: scene.id, position } };
    const create = { ...frame, id: newId(), sceneId: scene.id, position };
    await throughOutages(() =>
      db.$transaction(async (tx) => {
        await tx.unkeptFrame.upsert({ where, update: { ...frame, createdAt: new Date() }, create });
        await settle(tx, order, drawn);
      }),
    );
    throw new NotKept('The frame', cause);
  }
}

const unkeptOf = ({ promptUsed, filePath, mimeType, width, height, fitted }: Drawn) => ({
  promptUsed,
  filePath,
  mimeType,
  width,
  height,
  fitted,
  machine: hostname(),
});

/**
 * Keeps a frame that waited on the shelf.
 *
 * @throws {NotKept} if the storage still refuses it; {NotYet} if it is not here: a worker elsewhere may have it;
 * {FrameLost} if none brought it within an hour.
 */
export async function keepShelved(
  { storage }: Pick<WorkCtx, 'storage'>,
  unkept: UnkeptFrame,
  order: Order,
): Promise<Drawn> {
  const { promptUsed, filePath, width, height, fitted } = unkept;
  const mimeType = unkept.mimeType === 'image/png' ? 'image/png' : 'image/jpeg';
  const file = await storage.shelf.find(filePath);
  await bring(storage, unkept, file).catch((error: unknown) => {
    throw error instanceof NotYet || error instanceof FrameLost ? error : new NotKept('The frame', error);
  });
  const picture = { promptUsed, filePath, mimeType, width, height, fitted } as const;
  return { ...picture, order, usage: null, requestId: null, wasUnkept: true };
}

async function bring(storage: WorkCtx['storage'], unkept: UnkeptFrame, file: string | null): Promise<void> {
  if (file !== null) return storage.keep(file, unkept.filePath);
  // Brought before, by a worker that died before it was written.
  if ((await storage.size(unkept.filePath)) !== null) return;
  if (Date.now() - unkept.createdAt.getTime() > ELSEWHERE_MINUTES * 60_000) throw new FrameLost(unkept);
  throw new NotYet(new Date(Date.now() + LOOK_MILLISECONDS), {
    code: 'MEDIA_FAILED',
    reason: `The frame is paid for and waits for the storage on ${unkept.machine}; a worker there keeps it.`,
  });
}

/** Forgets frames that were kept, or that nobody wants any more; what lies on the shelf is then a stray. */
export const forgetUnkept = (tx: Tx, sceneId: string, positions: KeyframePosition[]) =>
  tx.unkeptFrame.deleteMany({ where: { sceneId, position: { in: positions } } });

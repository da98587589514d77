/** Frames that were paid for and that the storage does not take: they wait on the shelf, and are never bought again for it. */
import { DomainError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import type { KeyframePosition, UnkeptFrame } from '../../generated/prisma/client.ts';
import type { Tx } from '../../platform/database/database.ts';
import { throughOutages } from '../../platform/database/outage.ts';
import { isFree, type Purchase, settle } from '../budget/reservation.ts';
import { NotKept } from '../budget/spend.ts';
import type { WorkCtx } from '../runs/engine/step.ts';
import { keepOrShelve, keepShelved, notBrought, onThisMachine } from '../runs/engine/shelved.ts';
import type { Drawing, Drawn } from './drawing.ts';

type Keeper = Pick<WorkCtx, 'db' | 'storage' | 'actor'>;

/** The machine that has it did not come back: another may be bought, when a person says so. */
export class FrameLost extends DomainError {
  constructor(unkept: UnkeptFrame) {
    super(
      'MEDIA_FAILED',
      `The frame was paid for and is lost: ${notBrought(unkept)}; resume the project to buy another.`,
    );
  }
}

/**
 * Keeps a drawn frame, or puts it on the shelf if the storage refuses it; its purchase is then booked at once.
 *
 * @param file where it lies, handed out by the storage.
 * @throws {NotKept} if it lies on the shelf; else what the storage throws that refuses it for three minutes.
 */
export async function keepDrawn(
  { db, storage, actor }: Keeper,
  { scene, position }: Pick<Drawing, 'scene' | 'position'>,
  file: string,
  drawn: Drawn,
): Promise<void> {
  const { filePath, purchase } = drawn;
  if (isFree(purchase)) return storage.keep(file, filePath);
  const refused = await keepOrShelve(storage, file, filePath);
  if (!refused) return;
  const frame = { ...unkeptOf(drawn), ...onThisMachine() };
  const where = { sceneId_position: { sceneId: scene.id, position } };
  const create = { ...frame, id: newId(), sceneId: scene.id, position };
  await throughOutages(() =>
    db.$transaction(async (tx) => {
      await tx.unkeptFrame.upsert({ where, update: frame, create });
      await settle(tx, actor, purchase, drawn);
    }),
  );
  throw new NotKept('The frame', refused.cause);
}

const unkeptOf = ({ promptUsed, filePath, mimeType, width, height, fitted }: Drawn) => ({
  promptUsed,
  filePath,
  mimeType,
  width,
  height,
  fitted,
});

/**
 * Keeps a frame that waited on the shelf.
 *
 * @throws {NotKept} if the storage still refuses it; {Postponed} if it is not here: a worker elsewhere may have it;
 * {FrameLost} if none brought it within an hour.
 */
export async function keepUnkept(
  { db, storage }: Omit<Keeper, 'actor'>,
  unkept: UnkeptFrame,
  purchase: Purchase,
): Promise<Drawn> {
  const { id, promptUsed, filePath, width, height, fitted } = unkept;
  const mimeType = unkept.mimeType === 'image/png' ? 'image/png' : 'image/jpeg';
  const onSeen = () => db.unkeptFrame.updateMany({ where: { id }, data: { seenAt: new Date() } });
  if (!(await keepShelved(storage, 'The frame', unkept, onSeen))) throw new FrameLost(unkept);
  const picture = { promptUsed, filePath, mimeType, width, height, fitted } as const;
  return { ...picture, purchase, usage: null, requestId: null, wasUnkept: true };
}

/** Forgets frames that were kept, or that nobody wants any more; what lies on the shelf is then a stray. */
export const forgetUnkept = (tx: Tx, sceneId: string, positions: KeyframePosition[]) =>
  tx.unkeptFrame.deleteMany({ where: { sceneId, position: { in: positions } } });

import type { Scene, VideoClip } from '../../generated/prisma/client.ts';
import type { Tx } from '../../platform/database/database.ts';
import { bookSubject, clipSubject, type Outcome } from '../budget/reservation.ts';

/** Books what became of the money set aside for a clip, within `tx`. @returns whether there was any. */
export const bookClip = (
  tx: Tx,
  { projectId }: Pick<Scene, 'projectId'>,
  { id, operationName }: Pick<VideoClip, 'id' | 'operationName'>,
  outcome: Outcome,
): Promise<boolean> => bookSubject(tx, projectId, clipSubject(id), outcome, operationName);

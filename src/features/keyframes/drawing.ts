/** A frame that is drawn, before and after. */
import type { KeyframePosition } from '../../generated/prisma/client.ts';
import type { Purchase } from '../budget/reservation.ts';
import type { RateSlot } from '../runs/engine/rate-slot.ts';
import type { DrawingRows } from './drawing.sql.ts';
import type { Fitted } from './fit-frame.ts';

/** What a frame is drawn from. */
export type Drawing = DrawingRows & {
  position: KeyframePosition;
  slot: RateSlot | null;
  purchase: Purchase;
  /** Whether it was refused by chance and asked for as it is once more, or with other words since. */
  wasRepeated: boolean;
  /** How many pictures were bought for it that are of no use. */
  inVain: number;
};
/** A frame that is in the storage, and its bill. */
export type Drawn = Fitted & { filePath: string; purchase: Purchase; wasUnkept?: boolean };

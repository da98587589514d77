/** How a person framed shots of a moment, as `Moment.framing` has it. */
import { z } from 'zod';
import type { ShotByHand } from '../../../media/reframe/by-hand.ts';

/** Most shots of a moment that are framed by hand; ours. The database holds it, too. */
export const MAX_FRAMED_SHOTS = 100;
/** Most faces that are told apart in a shot. */
export const MAX_FACES = 20;

const share = z.number().min(0).max(1);
const atSeconds = z.number().min(0);
const rectangle = z.object({ x: share, y: share, width: share, height: share });

export const storedFraming: z.ZodType<ShotByHand[]> = z.array(
  z.union([
    z.strictObject({ atSeconds, face: z.int().min(0) }),
    z.strictObject({ atSeconds, rectangle }),
    z.strictObject({ atSeconds, whole: z.literal(true) }),
  ]),
);

import { z } from 'zod';

/** How Google is on a day, until tests say otherwise; forgotten when the process dies. */
export const world = z.object({
  /** Whether interactions in the background can be read with a key: not, since October 2026 (omni facts, 13). */
  readsBackground: z.boolean(),
  /** The one way by which they can be read all the same. */
  readsBackgroundBy: z.enum(['NONE', 'STREAM', 'V1', 'KEY_IN_QUERY']),
  /** Whether a held answer begins with the name, and goes on once the clip has ended: not, as far as was seen. */
  namesHeld: z.boolean(),
  /** Whether a stream names its interaction: not every one did (recorded of 1.1, 2026-08-28). */
  namesStreamed: z.boolean(),
  /** Milliseconds that the file of a clip is PROCESSING after the clip is done (omni facts, 24: up to 95 s). */
  fileMs: z.number().min(0),
  /** Models that are no more. */
  deadModels: z.array(z.string()),
  /** What is answered who asks for a model at no cost, and after how many milliseconds; null for the truth, at once. */
  asking: z.object({ status: z.int(), delayMs: z.number().min(0) }).nullable(),
  /** Of chance in scenarios. */
  seed: z.string(),
});
export type World = z.infer<typeof world>;

export const USUAL_WORLD: World = {
  readsBackground: true,
  readsBackgroundBy: 'NONE',
  namesHeld: false,
  namesStreamed: true,
  fileMs: 0,
  deadModels: [],
  asking: null,
  seed: '',
};

/** What Google says in place of what this server would say: as data, from somebody's own calls or from the docs. */
import { z } from 'zod';

/** What was asked for when it is said. `FILE` and `DOWNLOAD` are about the file of a clip that is done. */
export const PLACES = [
  'STORYBOARD',
  'KEYFRAME',
  'TRANSCRIPT',
  'MOMENTS',
  'SUBMIT',
  'POLL',
  'FILE',
  'DOWNLOAD',
] as const;
export type Place = (typeof PLACES)[number];

export const MONEY = ['SOLD', 'FREE', 'NOBODY_KNOWS'] as const;
/** Whether what it strikes is charged; what neither the answer nor anything published tells, nobody knows. */
export type Money = (typeof MONEY)[number];

const said = z.object({
  status: z.int().min(200).max(599),
  /** JSON; {@link filled} puts real ids, files, pictures and films into it. */
  body: z.unknown(),
  /** How often it is said before the next one; the last one without end. */
  times: z.int().min(1).optional(),
});
export type Said = z.infer<typeof said>;

export const scenario = z.object({
  name: z.string().min(1),
  at: z.enum(PLACES),
  says: z.array(said).min(1),
  /** Whether everything goes on as usual once all of it was said, the last one too. */
  passes: z.boolean().optional(),
  /** Whether polls hear it from the first one on, and not when the clip is done. */
  atOnce: z.boolean().optional(),
  money: z.enum(MONEY),
});
export type Scenario = z.infer<typeof scenario>;

/** Whom a scenario strikes; as faults do (`../paid-provider/protocol.ts`). */
export const cue = z.object({
  scenario,
  /** Only what is about this. */
  subject: z.string().optional(),
  /** Once, or without end where a `probability` is given. */
  times: z.int().min(1).optional(),
  /** 0 to 1; always unless said. */
  probability: z.number().min(0).max(1).optional(),
});
export type Cue = z.infer<typeof cue>;

/** What it says the nth time, from 0 on; null once it has passed. */
export function saidAt({ says, passes = false }: Scenario, nth: number): Said | null {
  let left = nth;
  for (const [index, each] of says.entries()) {
    const isLast = index === says.length - 1;
    if (left < (each.times ?? 1) || (isLast && !passes)) return each;
    left -= each.times ?? 1;
  }
  return null;
}

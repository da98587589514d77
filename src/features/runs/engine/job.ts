import { z } from 'zod';
import type { Prisma } from '../../../generated/prisma/client.ts';

const stepData = z.object({
  runId: z.uuid(),
  /** `StepCall.key` */
  key: z.string().catch(''),
  /** Read by the step's own schema. */
  input: z.custom<Prisma.InputJsonObject>(isObject).catch({}),
  /** Which try it is, from 1; 1 where absent. */
  attempt: z.int().positive().optional().catch(undefined),
  /** Since when it waits for its provider, tried in vain now and then; absent for one that does not. ISO 8601. */
  waitingSince: z.iso.datetime().optional().catch(undefined),
  /** Whether a wait of it is on record. */
  isHeld: z.boolean().optional().catch(undefined),
  /** Whether it has given the answer to an earlier call for the same a while to come. */
  hasAwaitedAnswer: z.boolean().optional().catch(undefined),
});

/** What a job of the queue carries. */
export type StepData = z.input<typeof stepData>;

/** What a job carries, however garbled; null if not even its run can be told. */
export const readStepData = (data: unknown): StepData | null => stepData.safeParse(data).data ?? null;

/** A job as a worker claimed it. */
export type ClaimedJob = {
  name: string;
  id: string;
  /** Which claim this is: a stale one is refused by it. */
  retryCount: number;
  /** Higher ones are claimed first. */
  priority: number;
  data: StepData;
};

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import type { Prisma } from '../../../generated/prisma/client.ts';

/** What a job of the queue carries. */
export type StepData = {
  runId: string;
  /** `StepCall.key` */
  key: string;
  input: Prisma.InputJsonObject;
  /** Which try it is, from 1; 1 where absent. */
  attempt?: number;
  /** Since when it waits for its provider, tried in vain now and then; absent for one that does not. ISO 8601. */
  waitingSince?: string;
  /** Whether a wait of it is on record. */
  isHeld?: boolean;
};

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

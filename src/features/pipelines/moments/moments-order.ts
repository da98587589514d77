import type { MomentsScope, RunPriority, RunStage } from '../../../generated/prisma/client.ts';
import type { FindingWay } from '../../moments/keep-config.ts';
import type { MomentsOptions } from './moments-options.ts';

/** What a run of moments is to do. */
export type MomentsOrder = {
  videoId: string;
  scope: MomentsScope;
  /** How moments are found; of no matter where none are looked for. */
  way: FindingWay;
  options: MomentsOptions;
  /** Last stage to do; null for all. */
  stopAfter: RunStage | null;
  maxCostCents: number | null;
  priority: RunPriority;
  idempotencyKey: string | null;
};

import type { RunStage } from '../../generated/prisma/client.ts';

/** Why a step failed for good. The engine writes it on the run, where the next plan sees it. */
export type RunError = {
  /** Null before the first. */
  stage: RunStage | null;
  code: string;
  message: string;
  cause: unknown;
};

/** What the engine needs to know of a product flow. */
import type { z } from 'zod';
import type { Stages, StagesDone } from '../../../core/stages/stages.ts';
import type { DeadLetter, PipelineRun, Prisma, RunKind, RunStage } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { PaidCall } from '../../../providers/paid-call.ts';
import type { RunError } from '../run-error.ts';
import type { AnyStep, StepCall } from './step.ts';

/** What comes next, seen from the rows alone. */
export type NextSteps =
  /** Without steps where all that is left is to wait for a provider. */
  | { kind: 'GO'; stage: RunStage; done: StagesDone<RunStage>; message: string; steps: StepCall[] }
  /** A cap holds the run, and nothing of it is on its way any more. */
  | { kind: 'PAUSE' }
  | {
      kind: 'END';
      status: 'COMPLETED' | 'PARTIAL' | 'FAILED';
      message: string;
      error?: Omit<RunError, 'cause'>;
    };

/** A product flow. Its functions run under the run's lock. */
export type Pipeline = {
  kind: RunKind;
  /** What it goes through. Its runs are in no other. */
  stages: Stages<RunStage, PaidCall>;
  /** What it is told besides its subject, as a run keeps it. */
  options: z.ZodType<Prisma.InputJsonObject>;
  /** Looks at the rows and says what comes next; the same rows give the same answer. */
  plan(tx: Tx, run: PipelineRun): Promise<NextSteps>;
  /** Brings the run's subject in line with the run after it moved. */
  reflect(tx: Tx, ctx: Ctx, run: PipelineRun): Promise<void>;
  /** Puts rows that were being worked on back to where they can be picked up: the run was paused or cancelled. */
  release(tx: Tx, ctx: Ctx, run: PipelineRun): Promise<void>;
  /** Gives what failed another chance: the run is new, or was resumed. */
  pickUp(tx: Tx, ctx: Ctx, run: PipelineRun): Promise<void>;
  /** Gives what a step was about that was given up another chance: a person wants its dead letter replayed in this run. */
  replay(tx: Tx, ctx: Ctx, run: PipelineRun, letter: DeadLetter): Promise<void>;
};

/** Every flow and every kind of step of the product. */
export type Flows = { pipelines: Readonly<Record<RunKind, Pipeline>>; steps: readonly AnyStep[] };

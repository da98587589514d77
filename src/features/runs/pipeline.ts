/** What the engine needs to know of a product flow. */
import type { PipelineRun, Prisma, RunKind, RunStage } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { QueuePolicy } from '../../platform/queue.ts';

/** One piece of work, safe to do again until it is finished. */
export type StepCall<Input = Prisma.InputJsonObject> = {
  step: string;
  /** Unique within the run: while one with it waits or runs, no second is enqueued. */
  key: string;
  input: Input;
};

/** What comes next, seen from the rows alone. */
export type Plan =
  | { kind: 'GO'; stage: RunStage; percent: number; message: string; steps: StepCall[] }
  | {
      kind: 'END';
      status: 'COMPLETED' | 'PARTIAL' | 'FAILED';
      message: string;
      error?: Omit<RunError, 'cause'>;
    };

/** Why a step failed for good. The engine writes it on the run, where the next plan sees it. */
export type RunError = { stage: RunStage; code: string; message: string; cause: unknown };

/** A product flow. Its functions run under the run's lock. */
export type Pipeline = {
  kind: RunKind;
  /** Looks at the rows and says what comes next; the same rows give the same plan. */
  plan(tx: Tx, run: PipelineRun): Promise<Plan>;
  /** Brings the run's subject in line with the run after it moved. */
  reflect(tx: Tx, ctx: Ctx, run: PipelineRun): Promise<void>;
  /** Puts rows that were being worked on back to where a later run can pick them up. */
  release(tx: Tx, ctx: Ctx, run: PipelineRun): Promise<void>;
};

/** One kind of work: what a worker does with a `StepCall`. */
export type Step<Input, Prepared, Output> = {
  name: string;
  policy: QueuePolicy;
  /** Marks the rows as being worked on and reads what the work needs; null if there is nothing left to do. */
  begin(tx: Tx, ctx: Ctx, run: PipelineRun, input: Input): Promise<Prepared | null>;
  /** The work itself: outside of any transaction, ended by `signal`. */
  work(ctx: Ctx, prepared: Prepared, signal: AbortSignal): Promise<Output>;
  /** Writes the result; commits together with the job's completion and the next jobs. */
  finish(tx: Tx, ctx: Ctx, run: PipelineRun, input: Input, output: Output): Promise<void>;
  /** Marks the rows as failed for good. */
  fail(tx: Tx, ctx: Ctx, run: PipelineRun, input: Input, error: RunError): Promise<void>;
};

/** A step whose types were checked where it was defined. */
export type AnyStep = Step<Prisma.InputJsonObject, unknown, unknown>;

/** Checks a step's types against each other, then forgets them for the engine. */
export const defineStep = <Input extends Prisma.InputJsonObject, Prepared, Output>(
  step: Step<Input, Prepared, Output>,
): AnyStep => step;

/** Every flow and every kind of step of the product. */
export type Flows = { pipelines: Readonly<Record<RunKind, Pipeline>>; steps: readonly AnyStep[] };

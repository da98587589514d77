/** What the engine needs to know of a product flow. */
import type { z } from 'zod';
import type { ErrorCode } from '../../core/errors.ts';
import { messageOf } from '../../core/outside-text.ts';
import type { Stages, StagesDone } from '../../core/stages/stages.ts';
import type { PipelineRun, Prisma, RunKind, RunStage } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PaidCall } from '../../providers/paid-call.ts';

/** One piece of work, safe to do again until it is finished. */
export type StepCall<Input = Prisma.InputJsonObject> = {
  step: string;
  /** Unique within the run: while one with it waits or runs, no second is enqueued. */
  key: string;
  input: Input;
};

/** What comes next, seen from the rows alone. */
export type Plan =
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

/** Why a step failed for good. The engine writes it on the run, where the next plan sees it. */
export type RunError = {
  /** Null before the first. */
  stage: RunStage | null;
  code: string;
  message: string;
  cause: unknown;
};

/** A product flow. Its functions run under the run's lock. */
export type Pipeline = {
  kind: RunKind;
  /** What it goes through. Its runs are in no other. */
  stages: Stages<RunStage, PaidCall>;
  /** What it is told besides its subject, as a run keeps it. */
  options: z.ZodType<Prisma.InputJsonObject>;
  /** Looks at the rows and says what comes next; the same rows give the same plan. */
  plan(tx: Tx, run: PipelineRun): Promise<Plan>;
  /** Brings the run's subject in line with the run after it moved. */
  reflect(tx: Tx, ctx: Ctx, run: PipelineRun): Promise<void>;
  /** Puts rows that were being worked on back to where they can be picked up: the run was paused or cancelled. */
  release(tx: Tx, ctx: Ctx, run: PipelineRun): Promise<void>;
  /** Gives what failed another chance: the run is new, or was resumed. */
  pickUp(tx: Tx, ctx: Ctx, run: PipelineRun): Promise<void>;
};

/** What work gets of the world: it writes nothing in a workspace's name. */
export type WorkCtx = Omit<Ctx, 'actor'>;

/** How often a step is tried while its failures may pass. A process that dies does not count as a try. */
export type Tries = {
  /** Most tries, the first included. */
  limit: number;
  /** Seconds before the second; doubles with each, unless the provider says when. */
  delaySeconds: number;
};

/** One kind of work: what a worker does with a `StepCall`. */
export type Step<Input, Prepared, Output> = {
  name: string;
  tries: Tries;
  /**
   * Of a step that buys: makes sure, outside of any transaction and before anything is set aside, that what it buys, and
   * what comes after it, can be had at all. Nothing of it is begun in a run that was refused for all.
   *
   * @throws {ProviderError} if not.
   */
  ask?(ctx: WorkCtx, run: PipelineRun, input: Input): Promise<void>;
  /**
   * Marks the rows as being worked on and reads what the work needs; null if there is nothing left to do.
   *
   * @throws {NotYet} to be called again later, with nothing written.
   */
  begin(tx: Tx, ctx: Ctx, run: PipelineRun, input: Input): Promise<Prepared | null>;
  /** The work itself: outside of any transaction, ended by `signal`. */
  work(ctx: WorkCtx, prepared: Prepared, signal: AbortSignal): Promise<Output>;
  /** Writes the result; commits together with the job's completion and the next jobs. */
  finish(tx: Tx, ctx: Ctx, run: PipelineRun, input: Input, output: Output): Promise<void>;
  /** Marks the rows as failed for good. */
  fail(tx: Tx, ctx: Ctx, run: PipelineRun, input: Input, error: RunError): Promise<void>;
  /** Unmarks the rows before another try. */
  again?(tx: Tx, ctx: Ctx, run: PipelineRun, input: Input): Promise<void>;
  /** Whether nobody was paid for what was prepared: its late result is thrown away, and the work done again. */
  isFree?(prepared: Prepared): boolean;
  /**
   * Takes a result that came after the run was stopped or another worker took over. Without it such a result
   * is thrown away: only what was paid for is worth the trouble.
   */
  late?(tx: Tx, ctx: Ctx, run: PipelineRun, prepared: Prepared, output: Output): Promise<void>;
  /** Books a result that was paid for and could not be written, before `fail`: the least that must not be lost. */
  bill?(tx: Tx, ctx: Ctx, run: PipelineRun, input: Input, output: Output): Promise<void>;
};

/** Why a step waits, for a person who wonders. */
export type WhyNotYet = { code: ErrorCode; reason: string };

/** The step must wait: its turn at the provider comes at `at`. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
  readonly at: Date;
  /** Null for a wait that is over before anybody wonders. */
  readonly why: WhyNotYet | null;

  constructor(at: Date, why: WhyNotYet | null = null) {
    super(`Not before ${at.toISOString()}.`);
    this.at = at;
    this.why = why;
  }
}

/** The work was done, and what came of it could not be written. */
export class NotStored extends Error {
  override readonly name = 'NotStored';

  constructor(cause: unknown) {
    super(`The answer could not be stored: ${messageOf(cause)}`, { cause });
  }
}

/** A step whose types were checked where it was defined. */
export type AnyStep = Step<Prisma.InputJsonObject, unknown, unknown>;

/** Checks a step's types against each other, then forgets them for the engine. */
export const defineStep = <Input extends Prisma.InputJsonObject, Prepared, Output>(
  step: Step<Input, Prepared, Output>,
): AnyStep => step;

/** Every flow and every kind of step of the product. */
export type Flows = { pipelines: Readonly<Record<RunKind, Pipeline>>; steps: readonly AnyStep[] };

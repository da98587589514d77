/** What the engine needs to know of one kind of work. */
import type { z } from 'zod';
import type { PipelineRun, Prisma, RunStage } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { PaidCall } from '../../../providers/paid-call.ts';
import type { Caller } from '../../budget/record-call.ts';
import type { RunError } from '../run-error.ts';

/** One piece of work, safe to do again until it is finished. `step.call()` makes it. */
export type StepCall<Input = Prisma.InputJsonObject> = {
  step: string;
  /** Unique within the run: while one with it waits or runs, no second is enqueued. */
  key: string;
  input: Input;
};

/** What work gets of the world: it writes nothing in a workspace's name, and tells the ledger who it is. */
export type WorkCtx = Omit<Ctx, 'actor'> & { actor: Caller };

/** What a long step tells of itself while it works: how much of `stage` it has done, 0 to 1, beside what its rows say. */
export type TellProgress = (stage: RunStage, share: number, message: string) => void;

/** How often a step is tried while its failures may pass. A process that dies does not count as a try. */
export type RetryPolicy = {
  /** Most tries, the first included. */
  limit: number;
  /** Seconds before the second; doubles with each, unless the provider says when. */
  delaySeconds: number;
};

/** One kind of work: what a worker does with a `StepCall`. */
export type Step<Input, Prepared, Output> = {
  /** Of its queue, for good: jobs of an earlier version have it. */
  name: string;
  /** What is told of it in a queue; a job that says something else is thrown away, and the rows are asked again. */
  input: z.ZodType<Input>;
  /** What is one and the same work within a run: `StepCall.key`. */
  key: (input: Input) => string;
  retryPolicy: RetryPolicy;
  /** What sets it apart that it buys; absent for what is free. */
  buys?: Buying<Input, Prepared, Output>;
  /**
   * Marks the rows as being worked on and reads what the work needs; null if there is nothing left to do.
   *
   * @throws {Postponed} to be called again later, with nothing written.
   */
  begin(tx: Tx, ctx: Ctx, run: PipelineRun, input: Input): Promise<Prepared | null>;
  /** The work itself: outside of any transaction, ended by `signal`. What takes minutes tells how far it is. */
  work(ctx: WorkCtx, prepared: Prepared, signal: AbortSignal, tell: TellProgress): Promise<Output>;
  /** Writes the result; commits together with the job's completion and the next jobs. */
  finish(tx: Tx, ctx: Ctx, run: PipelineRun, input: Input, output: Output): Promise<void>;
  /** Marks the rows as failed for good. */
  fail(tx: Tx, ctx: Ctx, run: PipelineRun, input: Input, error: RunError): Promise<void>;
  /** Unmarks the rows before another try. */
  retry?(tx: Tx, ctx: Ctx, run: PipelineRun, input: Input): Promise<void>;
};

/** How a step deals with what it pays for. */
export type Buying<Input, Prepared, Output> = {
  call: PaidCall;
  /**
   * Makes sure, outside of any transaction and before anything is set aside, that what it buys, and what comes after it,
   * can be had at all. Nothing of the step is begun in a run that was refused for all.
   *
   * @throws {ProviderError} if not.
   */
  ask?(ctx: WorkCtx, run: PipelineRun, input: Input): Promise<void>;
  /** Whether nobody was paid for what was prepared: its late result is thrown away, and the work done again. */
  isFree?(prepared: Prepared): boolean;
  /** Takes a result that came after the run was stopped or another worker took over. */
  acceptLate(tx: Tx, ctx: Ctx, run: PipelineRun, prepared: Prepared, output: Output): Promise<void>;
  /**
   * Whether the answer to a call that was found open is stored, though its price is not known yet; never, unless given: an
   * answer then comes with its price.
   */
  hasAnswer?(tx: Tx, input: Input): Promise<boolean>;
  /** Books a result that was paid for and could not be written, before `fail`: the least that must not be lost. */
  bill(tx: Tx, ctx: Ctx, run: PipelineRun, input: Input, output: Output): Promise<void>;
};

/** A step whose types were checked where it was defined. */
export type AnyStep = Step<Prisma.InputJsonObject, unknown, unknown>;

/** A step, and the calls that a flow makes of it. */
export type DefinedStep<Input> = AnyStep & { call(this: void, input: Input): StepCall };

/** Checks a step's types against each other, then forgets them for the engine. */
export function defineStep<Input extends Prisma.InputJsonObject, Prepared, Output>(
  step: Step<Input, Prepared, Output>,
): DefinedStep<Input> {
  const call = (input: Input): StepCall => ({ step: step.name, key: step.key(input), input });
  // Whatever comes from a queue is parsed before any of its functions gets it.
  return { ...(step as unknown as AnyStep), call };
}

/** What a row of a job starts: each kind says it in a file of its own, and `kinds.ts` lists them. */
import type { InputIssue } from '../../../core/errors.ts';
import type { JobKind, PipelineRun, Prisma } from '../../../generated/prisma/client.ts';
import type { Actor, Ctx } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { Spread } from '../../budget/estimate.ts';

/** Something that a row may be told. */
export type JobInput = {
  name: string;
  /** Other names by which a column is taken for it, in small letters without spaces. */
  aliases: readonly string[];
  /** Reads a cell that has something in it. @throws {Error} that says what it must be. */
  read: (text: string) => unknown;
  /** Whether it changes nothing of what is made: a row that has begun goes on with another one. */
  isAside?: true;
};

/** What a row asks for; JSON. */
export type RowInput = Prisma.JsonObject;

/** What one row will cost, and how long it will take. */
export type RowEstimate = {
  microUsd: Spread;
  /** By itself; null where nobody knows. */
  seconds: number | null;
  /** Seconds for which its calls fill what providers allow, by what they limit. */
  limited: Readonly<Record<string, number>>;
};

/** What a row starts: a run, on a project where it has one. */
export type Started = { run: PipelineRun; projectId: string | null };

export type RowLaunch = {
  input: RowInput;
  /** What the run counts for besides: the row, the job. */
  scopes: string[];
};

/** Starts a row within `tx`, in a project of its own. */
export type Start = (tx: Tx, ctx: Ctx, scopes: string[]) => Promise<Started>;

export type KindRules = {
  kind: JobKind;
  inputs: readonly JobInput[];
  /** What is wrong with what a row asks for; whole, with every default filled in. */
  issuesOf: (input: RowInput) => InputIssue[];
  /** Reads long texts of it beside the event loop, before it is estimated. */
  foresee: (input: RowInput, actor: Actor) => Promise<void>;
  /** Estimates inputs without issues, as of a moment; what many of them have in common is worked out once. */
  estimatesAt: (now: Date) => (input: RowInput) => RowEstimate;
  /** The input on which prices depend. */
  pricedBy: string;
  /** What an estimate depends on besides its input, by the names that a person is told. */
  facts: (inputs: readonly RowInput[]) => Record<string, unknown>;
  /** Asks what must be known before a row starts, outside of any transaction. @returns what starts it. */
  prepare: (ctx: Ctx, input: RowInput) => Promise<Start>;
  /** Goes on with what an earlier try of the row left behind; null if there is nothing left to do. */
  goOn: (tx: Tx, ctx: Ctx, projectId: string, launch: RowLaunch) => Promise<PipelineRun | null>;
};

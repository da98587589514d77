/** What a flow's declaration of its stages tells. Pure. */
import { DomainError } from '../errors.ts';

/** A part of a flow, as a person follows it. */
export type Stage<Name extends string = string, Call extends string = string> = {
  name: Name;
  /** Its share of the flow's work, against the weights of the others. */
  weight: number;
  /** What a person calls it. */
  words: string;
  /** Kinds of paid calls that are made in it. */
  buys: readonly Call[];
};

/** All of a flow's, in order. */
export type Stages<Name extends string = string, Call extends string = string> = readonly [
  Stage<Name, Call>,
  ...Stage<Name, Call>[],
];

/** How much of each is done, 0 to 1; nothing of one that is left out. */
export type StagesDone<Name extends string = string> = { readonly [Each in Name]?: number };

/**
 * Those of a flow that is to end with `last`; all unless given.
 *
 * @throws {DomainError} `INVALID_INPUT` naming `stopAfter`, if the flow has no such stage.
 */
export function upTo<Name extends string, Call extends string>(
  stages: Stages<Name, Call>,
  last: string | null,
): Stage<Name, Call>[] {
  if (last === null) return [...stages];
  const at = stages.findIndex(({ name }) => name === last);
  if (at >= 0) return stages.slice(0, at + 1);
  const names = stages.map(({ name }) => name).join(', ');
  throw new DomainError('INVALID_INPUT', `There is no stage ${last} here, only ${names}.`, {
    path: ['stopAfter'],
  });
}

/** Those of a flow that has come to `current`; all before it came to any. */
export const from = <Name extends string, Call extends string>(
  stages: Stages<Name, Call>,
  current: string | null,
): Stage<Name, Call>[] => stages.slice(current === null ? 0 : stages.indexOf(stageOf(stages, current)));

/**
 * The one that a flow has come to; its first before it came to any.
 *
 * @throws {Error} if the flow has none of that name: a run was written by another flow.
 */
export function stageOf<Name extends string, Call extends string>(
  stages: Stages<Name, Call>,
  current: string | null,
): Stage<Name, Call> {
  const stage = current === null ? stages[0] : stages.find(({ name }) => name === current);
  if (!stage) throw new Error(`The flow has no stage ${current}.`);
  return stage;
}

/** Whether calls of a kind are made in any of them. */
export const buys = <Call extends string>(stages: readonly Stage<string, Call>[], call: Call): boolean =>
  stages.some((stage) => stage.buys.includes(call));

/** Share of their work that is done, 0 to 100. */
export function percentOf<Name extends string>(
  stages: readonly Stage<Name>[],
  done: StagesDone<Name>,
): number {
  const total = stages.reduce((sum, { weight }) => sum + weight, 0);
  const behind = stages.reduce((sum, { name, weight }) => sum + weight * (done[name] ?? 0), 0);
  return Math.round((1_000 * behind) / total) / 10;
}

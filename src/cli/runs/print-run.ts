import type { RunStatus } from '../generated/graphql.ts';
import { printJson } from '../output/json.ts';
import type { CommonOptions } from '../server/session.ts';

/** Prints where a run stands after a command moved it. */
export function printRun(run: { id: string; status: RunStatus }, { json }: CommonOptions): void {
  if (json) printJson(run);
  else console.log(`${run.id} is ${run.status}`);
}

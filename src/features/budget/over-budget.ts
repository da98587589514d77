import { DomainError } from '../../core/errors.ts';
import type { CostCap } from '../../generated/prisma/client.ts';
import type { ExceededCap } from './ledger.sql.ts';
import { inDollars, MICRO_USD_PER_CENT } from './money.ts';

const CAPS: Record<CostCap, { name: string; wayOut: string }> = {
  RUN: { name: 'of the run', wayOut: 'raise it with setRunCostCap' },
  PROJECT: { name: 'of the project', wayOut: 'raise it with setProjectCostCap' },
  DAY: {
    name: 'of the day (UTC)',
    wayOut: 'raise it with setWorkspaceCostCaps, or wait for tomorrow: the run then goes on by itself',
  },
  WORKSPACE: { name: 'of the workspace', wayOut: 'raise it with setWorkspaceCostCaps' },
};

/** A call would pass a cap: it was not made, and nothing was written. */
export class OverBudget extends DomainError {
  readonly neededMicroUsd: number;
  readonly cap: CostCap;

  constructor(neededMicroUsd: number, { cap, capCents, settled, reserved }: ExceededCap) {
    const { name, wayOut } = CAPS[cap];
    const least = Math.ceil(Number(settled + reserved + BigInt(neededMicroUsd)) / MICRO_USD_PER_CENT);
    super(
      'BUDGET_EXCEEDED',
      `The cap ${name} is ${inDollars(capCents * MICRO_USD_PER_CENT)}; ${inDollars(settled)} of it is spent, ` +
        `${inDollars(reserved)} set aside, and the next call may cost ${inDollars(neededMicroUsd)}. ` +
        `To go on, ${wayOut}: to ${least} cents at least.`,
    );
    this.neededMicroUsd = neededMicroUsd;
    this.cap = cap;
  }
}

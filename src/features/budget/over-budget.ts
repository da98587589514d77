import { DomainError } from '../../core/errors.ts';
import { wordOf } from '../../core/scopes.ts';
import type { ExceededCap } from './ledger.sql.ts';
import { inDollars, MICRO_USD_PER_CENT } from './money.ts';

/** How a person is told of a cap. */
type CapWords = {
  /** `of the run` */
  name: string;
  /** `raise it with setRunCostCap` */
  wayOut: string;
};

const WAY_OUT = 'raise it with setWorkspaceCostCaps';
const words = new Map<string, CapWords>([
  [
    'day',
    { name: 'of the day (UTC)', wayOut: `${WAY_OUT}, or wait for tomorrow: the run then goes on by itself` },
  ],
  ['workspace', { name: 'of the workspace', wayOut: WAY_OUT }],
]);

/** Says how a person is told of caps of scopes of a word; without it a cap is called after the word. */
export const tellCapsOf = (word: string, told: CapWords): unknown => words.set(word, told);

const wordsOf = (scope: string): CapWords =>
  words.get(wordOf(scope)) ?? { name: `of the ${wordOf(scope)}`, wayOut: 'raise it' };

/** A call would pass a cap: it was not made, and nothing was written. */
export class OverBudget extends DomainError {
  readonly neededMicroUsd: number;
  /** What the call would have counted for, narrowest first. */
  readonly scopes: readonly string[];
  /** Scope of the cap that is in its way. */
  readonly cap: string;

  constructor(
    neededMicroUsd: number,
    scopes: readonly string[],
    { cap, capCents, settled, reserved }: ExceededCap,
  ) {
    const { name, wayOut } = wordsOf(cap);
    const least = Math.ceil(Number(settled + reserved + BigInt(neededMicroUsd)) / MICRO_USD_PER_CENT);
    super(
      'BUDGET_EXCEEDED',
      `The cap ${name} is ${inDollars(capCents * MICRO_USD_PER_CENT)}; ${inDollars(settled)} of it is spent, ` +
        `${inDollars(reserved)} set aside, and the next call may cost ${inDollars(neededMicroUsd)}. ` +
        `To go on, ${wayOut}: to ${least} cents (${inDollars(least * MICRO_USD_PER_CENT)}) at least.`,
    );
    this.neededMicroUsd = neededMicroUsd;
    this.scopes = scopes;
    this.cap = cap;
  }
}

/** Nothing that costs is begun without a person's word. */
import { askYes } from './ask-yes.ts';
import { describeEstimate } from './estimate.ts';
import { CliFailure, EXIT } from './exit-codes.ts';
import type { EstimateFragment, GenerateFilmInput } from './generated/graphql.ts';
import { dollars } from './money.ts';
import { printJson } from './progress/json-view.ts';
import type { CommonOptions } from './session.ts';

const MICRO_USD_PER_CENT = 10_000;
const CENTS_PER_DOLLAR = 100;

export type CostOptions = {
  /** Go on without asking. */
  yes?: boolean;
  /** Most the run may cost, in dollars; also goes on without asking. */
  maxCost?: number;
};

/**
 * Shows what a film costs and waits for a yes, unless it is free or the options say so already.
 *
 * @returns the cap for the launch.
 * @throws {CliFailure} `badInput` if nobody can be asked, or if the cap is below what the film costs at least;
 * `cancelled` if the person says no.
 */
export async function agreeToCost(
  estimate: EstimateFragment,
  { yes = false, maxCost, json = false }: CommonOptions & CostOptions,
): Promise<Pick<GenerateFilmInput, 'maxCostCents'>> {
  const cap = maxCost === undefined ? {} : { maxCostCents: Math.round(maxCost * CENTS_PER_DOLLAR) };
  if (estimate.isFree) return cap;
  if (json) printJson({ type: 'estimate', ...estimate });
  else for (const line of describeEstimate(estimate)) process.stderr.write(`${line}\n`);
  const { low } = estimate.totalMicroUsd;
  if (cap.maxCostCents !== undefined && low > cap.maxCostCents * MICRO_USD_PER_CENT)
    throw badInput(`--max-cost: The film costs at least ${dollars(low)}; nothing was begun.`);
  if (!yes && cap.maxCostCents === undefined) await ask(json);
  return cap;
}

const badInput = (message: string) => new CliFailure(EXIT.badInput, message);

async function ask(json: boolean): Promise<void> {
  if (json || !process.stdin.isTTY || !process.stderr.isTTY)
    throw badInput('The film costs money: add --yes, or --max-cost DOLLARS; nothing was begun.');
  if (await askYes('Make it? [y/N] ')) return;
  throw new CliFailure(EXIT.cancelled, 'Not made; nothing was spent.');
}

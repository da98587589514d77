/** Nothing that costs is begun without a person's word. */
import { CliFailure, EXIT } from '../command/exit-codes.ts';
import { inCents } from '../command/option-values.ts';
import type { EstimateFragment, GenerateFilmInput } from '../generated/graphql.ts';
import { askYes, canAsk } from '../input/ask-yes.ts';
import { printJson } from '../output/json.ts';
import { dollars } from '../output/money.ts';
import type { CommonOptions } from '../server/session.ts';
import type { CostOptions } from './costing.ts';
import { describeEstimate } from './estimates.ts';

const MICRO_USD_PER_CENT = 10_000;

/** What a person says yes or no to, in words. */
type Consent = { what: string; question: string; declined: string };

export const MAKE: Consent = {
  what: 'The film',
  question: 'Make it?',
  declined: 'Not made; nothing was spent.',
};
export const GO_ON: Consent = {
  what: 'Going on',
  question: 'Go on?',
  declined: 'Nothing was begun, and nothing more spent.',
};
export const MAKE_AGAIN: Consent = {
  what: 'Making the scene again',
  question: 'Make it again?',
  declined: 'Not made again; nothing more was spent.',
};

/** The cap of a run, as mutations take it. */
export type CapInput = Pick<GenerateFilmInput, 'maxCostCents'>;

/** The cap that the options ask for. */
export const capOf = ({ maxCost }: CostOptions): CapInput =>
  maxCost === undefined ? {} : { maxCostCents: inCents(maxCost) };

/**
 * Shows what is still to be paid and waits for a yes, unless that is nothing or the options say so already.
 *
 * @param chargedMicroUsd to the run that is gone on with, so far: its cap counts that too.
 * @returns the cap for the run.
 * @throws {CliFailure} `badInput` if nobody can be asked, or if the cap is below what the run costs at least;
 * `cancelled` if the person says no.
 */
export async function agreeToCost(
  estimate: EstimateFragment,
  options: CommonOptions & CostOptions,
  consent: Consent,
  chargedMicroUsd = 0,
): Promise<CapInput> {
  const { yes = false, json = false } = options;
  const cap = capOf(options);
  if (estimate.remainingMicroUsd.high === 0) return cap;
  if (json) printJson({ type: 'estimate', ...estimate });
  else for (const line of describeEstimate(estimate)) process.stderr.write(`${line}\n`);
  refuseLow(cap, estimate.remainingMicroUsd.low, consent, chargedMicroUsd);
  if (!yes && cap.maxCostCents === undefined) await ask(consent, json);
  return cap;
}

const badInput = (message: string) => new CliFailure(EXIT.badInput, message);

function refuseLow({ maxCostCents }: CapInput, low: number, { what }: Consent, charged: number): void {
  if (maxCostCents == null || charged + low <= maxCostCents * MICRO_USD_PER_CENT) return;
  const counted = charged > 0 ? `, and the ${dollars(charged)} that the run has cost count too` : '';
  throw badInput(`--max-cost: ${what} costs at least ${dollars(low)}${counted}; nothing was begun.`);
}

async function ask({ what, question, declined }: Consent, json: boolean): Promise<void> {
  if (!canAsk(json))
    throw badInput(`${what} costs money: add --yes, or --max-cost DOLLARS; nothing was begun.`);
  if (await askYes(`${question} [y/N] `)) return;
  throw new CliFailure(EXIT.cancelled, declined);
}

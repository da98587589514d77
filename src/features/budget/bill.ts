/** What a call is booked at, by what is told of it. Pure. */
import type { Usage } from '../../providers/price.ts';
import { costOf, isPriced, type Rates } from './cost-of.ts';

/** What was set aside for a call. */
export type SetAside = { microUsd: number; most: Usage; rates: Rates };

/** What the ledger says of a charge. */
export type Charge = { microUsd: number; usage: Usage; isEstimate: boolean };

/** What a provider says was used; an estimate where part of that is concluded. */
export type Told = { usage: Usage | null; isEstimate?: boolean };

/** By what was used, as the provider counts it; all that was set aside, as an estimate, where it does not say. */
export function billOfUsage(aside: SetAside, { usage, isEstimate = false }: Told): Charge {
  if (usage !== null && isPriced(usage, aside.rates))
    return { microUsd: costOf(usage, aside.rates), usage, isEstimate };
  return { microUsd: aside.microUsd, usage: aside.most, isEstimate: true };
}

/**
 * By the seconds that were made. Exact where seconds are all that is charged; an estimate where they stand for tokens
 * that nobody counted.
 */
export function billOfSeconds(aside: SetAside, measuredSeconds: number): Charge {
  const { SECOND: asked, ...rest } = aside.most;
  if (asked === undefined || aside.rates.SECOND === undefined) return billOfUsage(aside, { usage: null });
  const usage = { ...rest, SECOND: madeSeconds(asked, measuredSeconds) ?? asked };
  return { microUsd: costOf(usage, aside.rates), usage, isEstimate: Object.keys(rest).length > 0 };
}

/** A file is never as long as what was asked for to the frame: this much of a second is no difference. */
const SLACK_SECONDS = 0.5;
/** Of a second that was begun, so much is the file's own. */
const EDGE_SECONDS = 0.25;

/** Whole seconds that were made, where they are others than those that were asked for; null where they are the same. */
export function madeSeconds(askedSeconds: number, measuredSeconds: number): number | null {
  if (!(measuredSeconds > 0) || Math.abs(measuredSeconds - askedSeconds) < SLACK_SECONDS) return null;
  const made = Math.max(1, Math.ceil(measuredSeconds - EDGE_SECONDS));
  return made === askedSeconds ? null : made;
}

/** What may be written after an option: read, or refused with what it must be. */
import { InvalidArgumentError } from 'commander';
import type { UsageGroup } from './generated/graphql.ts';

/** A page of the API holds no more. */
const MAX_LISTED = 100;

/** Seconds, as in `1.5`. */
export function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new InvalidArgumentError('Must be a number of seconds.');
  return value;
}

/** US dollars, whole cents. */
export function dollarsOf(text: string): number {
  if (/^\d+(\.\d{1,2})?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Must be an amount in US dollars, as in 2.50.');
}

/** Where GraphQL is served. */
export function address(text: string): string {
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text;
  throw new InvalidArgumentError('Must be where GraphQL is served, as in http://127.0.0.1:4000/graphql.');
}

/** How many of a list. */
export function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= MAX_LISTED) return value;
  throw new InvalidArgumentError(`Must be a whole number from 1 to ${MAX_LISTED}.`);
}

const SECONDS_IN = { m: 60, h: 3_600, d: 86_400 };

/** Seconds, of a time in minutes, hours or days. */
export function lifetime(text: string): number {
  const [, amount, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (amount === undefined || Number(amount) === 0)
    throw new InvalidArgumentError('Must be a time in minutes, hours or days, as in 90d.');
  return Number(amount) * SECONDS_IN[unit as keyof typeof SECONDS_IN];
}

/** As a person writes them. */
export const USAGE_GROUPS = ['day', 'project', 'provider', 'model', 'call'];

/** What spending is summed by. */
export function usageGroup(text: string): UsageGroup {
  if (USAGE_GROUPS.includes(text)) return text.toUpperCase() as UsageGroup;
  throw new InvalidArgumentError(`Must be one of ${USAGE_GROUPS.join(', ')}.`);
}

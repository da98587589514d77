/** What may be written after an option: read, or refused with what it must be. */
import { InvalidArgumentError } from 'commander';
import type { ClipSource, Provider, UsageGroup } from '../generated/graphql.ts';

/** A page of the API holds no more. */
const MAX_LISTED = 100;

/** Seconds, as in `1.5`. */
export function seconds(text: string): number {
  const value = Number(text);
  // Not all that JavaScript takes for a number: 0x4 is none of seconds.
  if (!/^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/.test(text) || !Number.isFinite(value))
    throw new InvalidArgumentError('Must be a number of seconds.');
  return value;
}

/** Past it nobody means a film, and no model takes it. */
const SECONDS_IN_DAY = 86_400;

/** Whole seconds, as in `4`; the provider knows which. */
export function wholeSeconds(text: string): number {
  const value = seconds(text);
  if (Number.isInteger(value) && Math.abs(value) <= SECONDS_IN_DAY) return value;
  throw new InvalidArgumentError('Must be a whole number of seconds, as in 4, and at most a day.');
}

/** What a whole number of the API holds, in cents. */
const MAX_DOLLARS = 21_474_836;

/** US dollars, whole cents. */
export function dollarsOf(text: string): number {
  if (/^\d+(\.\d{1,2})?$/.test(text) && Number(text) <= MAX_DOLLARS) return Number(text);
  throw new InvalidArgumentError(
    `Must be an amount in US dollars, as in 2.50, and at most ${MAX_DOLLARS.toLocaleString('en')}.`,
  );
}

/** Whole US cents, as in `50`. */
export function cents(text: string): number {
  const value = Number(text);
  if (/^[1-9]\d*$/.test(text) && value <= MAX_DOLLARS) return value;
  throw new InvalidArgumentError('Must be a whole number of cents, as in 50.');
}

/** As a person writes it, in capitals or not. */
export const lowerCase = (text: string): string => text.trim().toLowerCase();

/** Every provider, and what people call its models. */
const PROVIDERS: Record<Provider, readonly string[]> = {
  ANIMATIC: [],
  GOOGLE: ['veo', 'gemini', 'omni', 'vertex'],
};

/** Who makes a film, in capitals or not. */
export function provider(text: string): Provider {
  const entries = Object.entries(PROVIDERS) as [Provider, readonly string[]][];
  const asked = text.trim().toUpperCase();
  const found = entries.find(([name]) => name === asked);
  if (found) return found[0];
  const maker = entries.find(([, models]) => models.some((model) => asked.startsWith(model.toUpperCase())));
  const hint = maker ? ` ${text} is made by ${maker[0].toLowerCase()}.` : '';
  const names = entries.map(([name]) => name.toLowerCase()).join(' or ');
  throw new InvalidArgumentError(`Must be ${names}.${hint}`);
}

/** Where GraphQL is served; at `/graphql` unless a path is given. */
export function address(text: string): string {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol))
    return url.pathname === '/' ? new URL('/graphql', url).href : text;
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
  if (USAGE_GROUPS.includes(lowerCase(text))) return lowerCase(text).toUpperCase() as UsageGroup;
  throw new InvalidArgumentError(`Must be one of ${USAGE_GROUPS.join(', ')}.`);
}

/** As a person writes them. */
const CLIP_SOURCES: Record<string, ClipSource> = {
  keyframes: 'KEYFRAMES',
  'reference-images': 'REFERENCE_IMAGES',
};

/** What clips are filmed from. */
export function clipSource(text: string): ClipSource {
  const found = CLIP_SOURCES[lowerCase(text)];
  if (found) return found;
  throw new InvalidArgumentError(`Must be ${Object.keys(CLIP_SOURCES).join(' or ')}.`);
}

/** What may be written after an option: read, or refused with what it must be. */
import { InvalidArgumentError } from 'commander';

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

/** Whole cents of an amount that {@link dollarsOf} has read. */
export const inCents = (dollars: number): number => Math.round(dollars * 100);

/** Whole US cents, as in `50`. */
export function cents(text: string): number {
  const value = Number(text);
  if (/^[1-9]\d*$/.test(text) && value <= MAX_DOLLARS) return value;
  throw new InvalidArgumentError('Must be a whole number of cents, as in 50.');
}

/** As a person writes it, in capitals or not. */
export const lowerCase = (text: string): string => text.trim().toLowerCase();

/** How many of a list. */
export function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= MAX_LISTED) return value;
  throw new InvalidArgumentError(`Must be a whole number from 1 to ${MAX_LISTED}.`);
}

/** Amounts as a person reads them. */
import type { BillFragment } from '../generated/graphql.ts';

const MICRO_USD = 1_000_000;
/** Where the environment names no language that we know. */
const FALLBACK = 'en-US';

/** The person's locale, of the first of LC_ALL, LC_NUMERIC and LANG that is set: `de_DE.UTF-8` is `de-DE`. */
export function localeOf(env: NodeJS.ProcessEnv): string {
  const named = env['LC_ALL'] || env['LC_NUMERIC'] || env['LANG'] || '';
  const tag = named.replace(/[.@].*$/, '').replaceAll('_', '-');
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag)[0] ?? FALLBACK;
  } catch {
    // `C` and `POSIX` are no languages.
    return FALLBACK;
  }
}

/** Micro-USD as dollars in the person's locale, to a hundredth of a cent: `$1.20`, `0,009 $`. */
export function dollars(microUsd: number, locale = localeOf(process.env)): string {
  const format = { style: 'currency', currency: 'USD', maximumFractionDigits: 4 } as const;
  return new Intl.NumberFormat(locale, format).format(microUsd / MICRO_USD);
}

/** What was charged, and what may be: `$0.41 spent, $0.02 of it an estimate, $0.40 set aside`. Empty for what is free. */
export function billWords({
  settledMicroUsd,
  estimatedMicroUsd,
  reservedMicroUsd,
  unknownMicroUsd,
}: BillFragment): string {
  if (settledMicroUsd + reservedMicroUsd + unknownMicroUsd === 0) return '';
  const parts = [
    `${dollars(settledMicroUsd)} spent`,
    estimatedMicroUsd > 0 && `${dollars(estimatedMicroUsd)} of it an estimate`,
    reservedMicroUsd > 0 && `${dollars(reservedMicroUsd)} set aside`,
    unknownMicroUsd > 0 && `${dollars(unknownMicroUsd)} of which nobody knows whether it was charged`,
  ];
  return parts.filter(Boolean).join(', ');
}

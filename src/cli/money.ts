/** Amounts as a person reads them. */
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

/** Segmenters are costly to make: one a language and granularity. */
const made = new Map<string, Intl.Segmenter>();

/** The segmenter of a language; of any, where the tag is none that there is. */
export function segmenterOf(granularity: 'word' | 'sentence', language = ''): Intl.Segmenter {
  const key = `${granularity} ${baseOf(language)}`;
  const found = made.get(key) ?? new Intl.Segmenter(baseOf(language), { granularity });
  made.set(key, found);
  return found;
}

/** The tag of a language that nobody knows. */
const UNKNOWN = 'und';

/** `de` of `de-AT`, none of `und`; a language more or less of two or three letters, so there are not endlessly many. */
export function baseOf(language = ''): string | undefined {
  const base = /^[a-z]{2,3}(?=$|[-_])/i.exec(language)?.[0].toLowerCase();
  return base === UNKNOWN ? undefined : base;
}

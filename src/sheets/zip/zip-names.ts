/** Names of files in an archive that every system can unpack. */

/** Bytes of a name, on Linux and macOS; Windows has 255 UTF-16 units, which are never more. */
const LONGEST_NAME_BYTES = 255;

/** What Windows refuses, control characters, and what makes a name read from right to left. */
// oxlint-disable-next-line no-control-regex -- they are what it is about.
const REFUSED = /[\u0000-\u001f\u007f-\u009f<>:"|?*\u202a-\u202e\u2066-\u2069]/g;
const SEPARATORS = /[/\\]/;
/** Devices of Windows, whatever ending they have. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(\.|$)/i;
/** Windows drops them at the end; at the beginning a dot hides a file. */
const EDGES = /^[\s.]+|[\s.]+$/g;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

export type ZipNaming = {
  /** Ending of all names, with its dot; a name that has it already does not get it twice. */
  ending: string;
  /** What a name is from which nothing is left. */
  otherwise: string;
};

/**
 * A name for each text, in their order: none leaves its folder or is the same as another one, capitals and composed
 * letters made no difference. Of equal ones, the second gets ` (2)`.
 */
export function zipNames(texts: readonly string[], naming: ZipNaming): string[] {
  const nameOf = zipNamer(naming);
  return texts.map(nameOf);
}

/** The same for texts that come one by one; only the names that it gave are kept. */
export function zipNamer({ ending, otherwise }: ZipNaming): (text: string) => string {
  const taken = new Set<string>();
  /** Of texts that came more than once, the last number. */
  const last = new Map<string, number>();
  return (text) => {
    const base = cleaned(text, ending) || otherwise;
    let number = last.get(keyOf(base)) ?? 0;
    for (;;) {
      number += 1;
      const suffix = `${number > 1 ? ` (${number})` : ''}${ending}`;
      const name = `${cutTo(base, LONGEST_NAME_BYTES - Buffer.byteLength(suffix)) || otherwise}${suffix}`;
      if (taken.has(keyOf(name))) continue;
      taken.add(keyOf(name));
      if (number > 1) last.set(keyOf(base), number);
      return name;
    }
  };
}

function cleaned(text: string, ending: string): string {
  const whole = text.toWellFormed().normalize('NFC');
  const hasEnding = whole.toLowerCase().endsWith(ending.toLowerCase());
  const folders = (hasEnding ? whole.slice(0, -ending.length) : whole).split(SEPARATORS);
  const name = folders
    .map((folder) => folder.replaceAll(/\s+/g, ' ').replaceAll(REFUSED, '_').replaceAll(EDGES, ''))
    .filter((folder) => folder !== '')
    .join('_')
    .replaceAll(/\.{2,}/g, '.');
  return RESERVED.test(name) ? `_${name}` : name;
}

/** Between what a reader takes for characters; what is at an edge then goes too. */
function cutTo(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let [kept, left] = ['', bytes];
  for (const { segment } of graphemes.segment(text)) {
    left -= Buffer.byteLength(segment);
    if (left < 0) break;
    kept += segment;
  }
  return kept.replaceAll(EDGES, '');
}

/** As the file systems compare that take capitals for small letters. */
const keyOf = (name: string): string => name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');

/** Where addresses of the web stand in a text. Pure. */

/** What may stand in one: no spaces, quotes, brackets, or marks of other scripts that end a clause or a sentence. */
const WITHIN = String.raw`[^\s<>"“”„«»‘’（）［］。、，；：！？।؟،؛—–…]`;
/** With a scheme, with `www.`, or a name with a path; at most so long that a long word is looked at once. */
const ADDRESS = new RegExp(
  String.raw`(?:\b[a-z][a-z\d+.-]{1,20}:\/\/|\bwww\.)${WITHIN}+|\b(?:[a-z\d-]{1,63}\.){1,8}[a-z]{2,24}\/${WITHIN}*`,
  'giu',
);
/** Marks of the sentence that an address ends. */
const TRAILING = /[.,;:!?'")\]}*_]/u;

export type Span = { from: number; to: number };

/** Addresses in a text, in order, without the marks that follow them. */
export const addressesIn = (text: string): Span[] =>
  [...text.matchAll(ADDRESS)].map(({ 0: address, index }) => ({
    from: index,
    to: index + trimmed(address, TRAILING).length,
  }));

/** The text without them. */
export const withoutAddresses = (text: string): string =>
  addressesIn(text).reduceRight((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), text);

/** The text without what of these characters it ends with. By hand: a pattern would be tried from each of a long run. */
export function trimmed(text: string, character: RegExp): string {
  let end = text.length;
  while (end > 0 && character.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** The text with all that `marks` matches taken out, but for what stands in an address. */
export function withoutMarks(text: string, marks: RegExp): string {
  const addresses = addressesIn(text);
  return text.replaceAll(marks, (mark: string, at: number) =>
    addresses.some(({ from, to }) => from <= at && at < to) ? mark : '',
  );
}

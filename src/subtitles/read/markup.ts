/** What players take for signs of how a text looks: tags as in HTML, and settings in braces as in ASS. */
const LINE_BREAK = /<[bB][rR]\s?\/?>|\\N/g;
const TAG = /<\/?[a-z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}/gi;
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos|nbsp|lrm|rlm));/gi;

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  lrm: '\u200e',
  rlm: '\u200f',
};

/** A text without its tags, its entities as what they stand for. A `<` that begins no tag stays. */
export const withoutMarkup = (text: string): string =>
  decodeEntities(text.replaceAll(LINE_BREAK, '\n').replaceAll(TAG, ''));

/** Entities as what they stand for: those that HTML and players know, and any by number. */
export const decodeEntities = (text: string): string =>
  text.replaceAll(ENTITY, (entity, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? entity;
    const point = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
    return point <= 0x10_ff_ff ? String.fromCodePoint(point) : '';
  });

/**
 * Whether two texts say the same to whoever reads or films them: composed or decomposed letters, ends of lines, and
 * spaces around and between words make no difference. Nothing that was made from one is made anew for the other.
 */
export const isSameText = (one: string, other: string): boolean => plain(one) === plain(other);

const plain = (text: string) => text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();

/** The same, of what may be absent or no text at all. */
export const isSameValue = (one: unknown, other: unknown): boolean =>
  typeof one === 'string' && typeof other === 'string' ? isSameText(one, other) : one === other;

/**
 * What makes a text one that PostgreSQL cannot hold, in words for a person; null if it can. UTF-8 knows no half of a
 * surrogate pair, and a PostgreSQL text no NUL.
 */
export function storableIssue(text: string): string | null {
  if (text.includes('\0')) return 'Must not contain the character NUL (U+0000); remove it.';
  if (!text.isWellFormed()) return 'Must not contain half of a character (a lone surrogate); remove it.';
  return null;
}

/** The text with U+FFFD in the place of what PostgreSQL cannot hold. */
export const storable = (text: string): string => text.replaceAll('\0', '\ufffd').toWellFormed();

/** The marks that say how a text is encoded (Unicode 16, 23.8). */
const MARKS: readonly [encoding: string, mark: readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * The text of a file that a person wrote, whatever editor it was: UTF-8, with its mark or without, or UTF-16 as Windows
 * saves and redirects it.
 *
 * @throws {TypeError} if it is neither.
 */
export function decodeText(bytes: Uint8Array): string {
  const found = MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  return new TextDecoder(found?.[0] ?? 'utf-8', { fatal: true }).decode(bytes);
}

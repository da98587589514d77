/** Of a file with no text in it, about a tenth of the bytes are control characters; of a text hardly any. */
const MOST_CONTROLS = 0.03;

/** Whether bytes look like no text in any encoding of single bytes, or UTF-8. UTF-16 looks so too: ask for it first. */
export function looksBinary(bytes: Uint8Array): boolean {
  const controls = bytes.filter((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
  return controls.length > MOST_CONTROLS * bytes.length;
}

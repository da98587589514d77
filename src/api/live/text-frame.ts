/** RFC 6455, 5.2: the last frame of a message, of text. From a server it is not masked. */
const FINAL_TEXT = 0x81;
/** Lengths that say: the length follows, in two bytes or in eight. */
const TWO_BYTES = 126;
const EIGHT_BYTES = 127;

/**
 * Beginning of a WebSocket text message whose last `rest` bytes are written by themselves: what many receive is then
 * not copied for each of them.
 */
export function beginTextFrame(beginning: Buffer, rest: number): Buffer {
  const length = beginning.length + rest;
  const [code, bytes] =
    length < TWO_BYTES ? [length, 0] : length <= 0xff_ff ? [TWO_BYTES, 2] : [EIGHT_BYTES, 8];
  const frame = Buffer.allocUnsafe(2 + bytes + beginning.length);
  frame[0] = FINAL_TEXT;
  frame[1] = code;
  if (bytes === 2) frame.writeUInt16BE(length, 2);
  if (bytes === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  beginning.copy(frame, 2 + bytes);
  return frame;
}

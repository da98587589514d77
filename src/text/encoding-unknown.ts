/** It cannot be told which encoding a text has. The message is for a person. */
export class EncodingUnknown extends Error {
  override readonly name = 'EncodingUnknown';
}

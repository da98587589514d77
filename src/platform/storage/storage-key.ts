/** A part of a key between slashes; none begins with a dot, so that `..` and hidden files are out of reach. */
const SEGMENT = /^[^./\\\0][^/\\\0]*$/;

/**
 * Returns `key`, so that it can be checked where it is used.
 *
 * @throws {Error} if it is empty, or leads out of the storage or to something hidden in it.
 */
export function checkedKey(key: string): string {
  if (key.split('/').every((segment) => SEGMENT.test(segment))) return key;
  throw new Error(`"${key}" is not a storage key`);
}

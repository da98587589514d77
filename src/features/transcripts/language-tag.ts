import { InvalidInputError } from '../../core/errors.ts';

/** Where nobody knows the language. */
export const UNKNOWN_LANGUAGE = 'und';

/** Longest tag, in letters; BCP 47 asks for room for as many. */
const MAX_TAG_LENGTH = 35;

/**
 * A language's tag as BCP 47 writes it: `pt-BR` for `PT-br`. Null where nobody knows it.
 *
 * @throws {InvalidInputError} naming `language`.
 */
export function languageTag(given: string | null | undefined): string | null {
  const asked = given?.trim() ?? UNKNOWN_LANGUAGE;
  const tag = canonical(asked);
  if (tag === undefined) {
    const message = 'Must be the tag of a language, as `en` or `pt-BR`; leave it out where nobody knows.';
    throw new InvalidInputError([{ path: ['language'], message }]);
  }
  return tag === UNKNOWN_LANGUAGE ? null : tag;
}

function canonical(tag: string): string | undefined {
  if (tag.length > MAX_TAG_LENGTH) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

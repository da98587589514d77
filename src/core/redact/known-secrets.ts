/** Secrets that this process was started with: they are found wherever they stand, whatever they look like. */
const known = new Set<string>();

/** A shorter one would be found in what is none. */
const SHORTEST = 8;

/** From now on no text that is redacted in this process shows `secret`; what is shorter than eight characters is passed over. */
export function keepSecret(secret: string | null): void {
  if (secret !== null && secret.length >= SHORTEST) known.add(secret);
}

/** A text with `instead` where it showed any of them. */
export function withoutKnown(text: string, instead: string): string {
  let shown = text;
  for (const secret of known) if (shown.includes(secret)) shown = shown.replaceAll(secret, instead);
  return shown;
}

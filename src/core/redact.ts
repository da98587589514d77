const SECRET_NAME = /pass(word|wd)?$|secret|token|api_?key|authorization|credential|private_?key/i;
/** From the start of a word only: tried from each of its letters, a long one takes minutes. */
const URL_PASSWORD = /(\b\w+:\/\/[^\s:/@]*):[^\s@/]*@/g;
/** One of our API keys, after the prefix by which people know it. */
const API_KEY = /(\bvp_[0-9a-f]{8}_)[\w-]{43}/g;
/** What makes the address of a file open it. */
const SIGNATURE = /([?&]signature=)[\w-]+/g;
const REDACTED = '[redacted]';

/** A text without passwords in URLs, API keys and signatures of addresses. */
export const redactText = (text: string): string =>
  text
    .replaceAll(URL_PASSWORD, `$1:${REDACTED}@`)
    .replaceAll(API_KEY, `$1${REDACTED}`)
    .replaceAll(SIGNATURE, `$1${REDACTED}`);

/** A copy of `value` without secrets, at any depth: by the field's name, and inside texts. */
export function redact(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([name, item]) => [name, SECRET_NAME.test(name) ? REDACTED : redact(item)]),
  );
}

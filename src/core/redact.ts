const SECRET_NAME = /pass(word|wd)?$|secret|token|api_?key|authorization|credential|private_?key/i;
/** From the start of a word only: tried from each of its letters, a long one takes minutes. */
const URL_PASSWORD = /(\b\w+:\/\/[^\s:/@]*):[^\s@/]*@/g;
const REDACTED = '[redacted]';

/** A copy of `value` without secrets, at any depth: by the field's name, and passwords inside URLs. */
export function redact(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(URL_PASSWORD, `$1:${REDACTED}@`);
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([name, item]) => [name, SECRET_NAME.test(name) ? REDACTED : redact(item)]),
  );
}

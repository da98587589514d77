import { withoutKnown } from './known-secrets.ts';
import { withoutNamed } from './named-values.ts';
import { isSecretName } from './secret-names.ts';

const REDACTED = '[redacted]';

/** From the start of a word only: tried from each of its letters, a long one takes minutes. */
const URL_PASSWORD = /(\b\w+:\/\/[^\s:/@]*):[^\s@/]*@/g;
/** One of our API keys, after the prefix by which people know it. */
const API_KEY = /(\bvp_[0-9a-f]{8}_)[\w-]{43}/g;
/** A parameter of an address: `key` is one there, as Google's. */
const PARAMETER = /([?&]([\w.%-]{1,200})=)[^&\s"'#\\<>]+/g;
const KEY_PARAMETER = /^(key|sig)$/i;
/** What tells by its form that it is secret: keys of Google, OpenAI, GitHub and Slack, of our webhooks, and signed tokens. */
const FORMS =
  /\b(?:AIza[\w-]{10,}|AQ\.[\w-]{10,}|ya29\.[\w.-]+|sk-[\w-]{16,}|gh[a-z]_\w{20,}|xox[a-z]-[\w-]{10,}|whsec_[\w+/=-]{8,}|eyJ[\w-]{8,}\.[\w-]+\.[\w-]*)/g;
/** Basic is a word as well: only with its padding. */
const CREDENTIALS = /(\bBearer\s+)(?!vp_)[\w.~+/=-]{8,}|(\bBasic\s+)[A-Za-z0-9+/]{6,}={1,2}/gi;
const PRIVATE_KEY = /(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)[^-]*/g;

/**
 * A text without what is secret wherever it stands: what this process was started with, passwords and keys in addresses,
 * API keys, tokens. JSON stays JSON.
 */
export const redactText = (text: string): string =>
  withoutKnown(text, REDACTED)
    .replaceAll(URL_PASSWORD, `$1:${REDACTED}@`)
    .replaceAll(API_KEY, `$1${REDACTED}`)
    .replaceAll(PARAMETER, (whole, start: string, name: string) =>
      isSecretName(name) || KEY_PARAMETER.test(name) ? `${start}${REDACTED}` : whole,
    )
    .replaceAll(FORMS, REDACTED)
    .replaceAll(CREDENTIALS, `$1$2${REDACTED}`)
    .replaceAll(PRIVATE_KEY, `$1${REDACTED}`);

/** The same of what somebody else may have worded, without values that are secret by the name before them. */
export const redactWords = (text: string): string => redactText(withoutNamed(redactJson(text), REDACTED));

/** Text that is JSON is read as what it says. */
function redactJson(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    const shown = JSON.stringify(redact(value));
    return shown === JSON.stringify(value) ? text : shown;
  } catch {
    return text;
  }
}

/** A copy of `value` without secrets, at any depth: by the field's name, in names, and inside texts. */
export function redact(value: unknown): unknown {
  if (typeof value === 'string') return redactWords(value);
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([name, item]) => [redactWords(name), isSecretName(name) ? REDACTED : redact(item)]),
  );
}

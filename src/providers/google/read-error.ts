/** What Google's words for a failure mean, wherever they stand. Pure. */
import type { ClipVerdict } from '../clip-verdict.ts';
import { field, listOf, textOf } from './json-walk.ts';
import { passingWait } from './passing.ts';
import { isOverQuota, waitOfQuota } from './quota.ts';
import { refusedBySafety } from './refused-input.ts';
import type { ToldError } from './told-error.ts';

/** Codes of what a filter blocked (ai.google.dev/gemini-api/docs/interactions, API errors, 2026-09-20). */
const BLOCK_CODES = new Set([
  'safety',
  'recitation',
  'language',
  'prohibited_content',
  'spii',
  'blocklist',
  'image_safety',
  'image_prohibited_content',
  'image_recitation',
  'image_other',
  'content_blocked',
]);

/** What Google says of words and pictures that it will not film (public reports until 2026-10, both surfaces). */
const BLOCKED =
  /responsible ai|usage guidelines|violate our policies|safety|sensitive words|(input|request) blocked|prohibited|filtered out|likeness|unable to show|third-party content|photorealistic children|issue with the audio|could not generate \d+ videos?|harmful content|support codes?:/i;

/** What it says of a model, or a way of asking, that is no more. */
const GONE = /no longer (supported|available)|has been (retired|shut down|discontinued)/i;

/** Of these, what it says of a way of asking. */
const FORM = /no longer supported/i;

/** Whether Google's words for a failure are those of a safety filter. */
export const isSafetyRefusal = (words: string): boolean => BLOCKED.test(words);

/** Reads one; null where nothing is told. */
export function readError(value: unknown): ToldError | null {
  const words = textOf(value) ?? textOf(field(value, 'message'));
  const code = textOf(field(value, 'code')) ?? textOf(field(value, 'status'));
  return words === null && code === null ? null : { code, words };
}

/** The error of a refused request: in an object, or in a list of one. */
export const errorOfBody = (body: unknown): ToldError | null =>
  readError(field(Array.isArray(body) ? listOf(body)[0] : body, 'error'));

/** Whether a filter blocked it; its code may be a whole sentence. */
export const isBlock = ({ code, words }: ToldError): boolean =>
  (code !== null && (BLOCK_CODES.has(code) || isSafetyRefusal(code))) || isSafetyRefusal(words ?? '');

/** What is no more, by Google's words: a model, or this way of asking; null where neither is told. */
export function whatIsGone(words: string): 'MODEL_NOT_FOUND' | 'INTERFACE_GONE' | null {
  if (!GONE.test(words)) return null;
  return FORM.test(words) && !/\bmodels?\b/i.test(words) ? 'INTERFACE_GONE' : 'MODEL_NOT_FOUND';
}

/** An error in a sentence. */
export const tellError = ({ code, words }: ToldError): string =>
  `${words ?? 'Google gave no reason.'} (code ${code ?? 'none'})`;

/** What an operation came to that ended in this error; `words` are all that was told of it. */
export function verdictOfError(error: ToldError, words = tellError(error)): ClipVerdict {
  if (isBlock(error)) return refusedBySafety(error.words ?? error.code ?? '');
  const gone = whatIsGone(error.words ?? '');
  if (gone) return { verdict: 'REFUSED_FOR_ALL', words, code: gone };
  if (isOverQuota(error))
    return { verdict: 'REFUSED_BY_QUOTA', words, retryAfterSeconds: waitOfQuota(error) };
  const retryAfterSeconds = passingWait(error);
  return retryAfterSeconds === undefined
    ? { verdict: 'REFUSED_AS_ASKED', words }
    : { verdict: 'FAILED_FOR_NOW', words, retryAfterSeconds };
}

/** What an HTTP answer to a question about a clip comes to, before its form matters. Pure. */
import type { ClipVerdict } from '../clip-verdict.ts';
import type { HttpAnswer } from './call.ts';
import { ProviderError } from '../provider-error.ts';
import { parseJson } from './json-walk.ts';
import { isOfMaking, isOverQuota, waitOfQuota } from './quota.ts';
import { withBill } from './read-bill.ts';
import { errorOfBody, isBlock, tellError, whatIsGone } from './read-error.ts';
import { refusedBySafety } from './refused-input.ts';

/** Statuses that say nothing of the clip. With a mended key it is still there. */
const isPassing = (status: number): boolean =>
  [401, 402, 403, 408, 429, 499].includes(status) || status >= 500;

/** Google's words for an id that it does not know. */
const NOT_FOUND = /invalid interaction name|requested entity was not found/i;

/**
 * The verdict of an answer, with its bill.
 *
 * @param readBody what the JSON of an answer of success comes to.
 */
export function readAnswer(answer: HttpAnswer, readBody: (body: unknown) => ClipVerdict): ClipVerdict {
  const body = parseJson(answer.text);
  return withBill(judge(answer, body, readBody), body);
}

function judge(
  { status, words, retryAfterSeconds }: HttpAnswer,
  body: unknown,
  readBody: (body: unknown) => ClipVerdict,
): ClipVerdict {
  const error = errorOfBody(body);
  // Not our asking was too much: what is asked about was taken, and is not made.
  if (error && isOverQuota(error) && isOfMaking(error.words ?? ''))
    return {
      verdict: 'REFUSED_BY_QUOTA',
      words: words || tellError(error),
      retryAfterSeconds: retryAfterSeconds ?? waitOfQuota(error),
    };
  if (isPassing(status)) return { verdict: 'TRY_AGAIN_LATER', words, retryAfterSeconds };
  if (status >= 200 && status < 300) {
    if (typeof body === 'object' && body !== null) return readBody(body);
    return { verdict: 'NOT_KNOWN', about: 'ODD', words: 'The answer is malformed.' };
  }
  if (error && isBlock(error)) return refusedBySafety(words);
  const gone = whatIsGone(error?.words ?? '');
  if (gone) return { verdict: 'REFUSED_FOR_ALL', words, code: gone };
  const isUnknown = status === 404 || status === 410 || NOT_FOUND.test(error?.words ?? '');
  return { verdict: 'NOT_KNOWN', about: isUnknown ? 'NOT_FOUND' : 'ODD', words };
}

/**
 * The JSON of an answer that is to hold a film.
 *
 * @throws {ProviderError} REFUSED or NOT_ACCEPTED, where it is no success.
 */
export function bodyOf({ status, text, words, retryAfterSeconds }: HttpAnswer): unknown {
  if (status >= 200 && status < 300) return parseJson(text);
  const wait = retryAfterSeconds === null ? {} : { retryAfterSeconds };
  throw new ProviderError(isPassing(status) ? 'NOT_ACCEPTED' : 'REFUSED', words, wait);
}

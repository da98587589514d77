/** What Google's error answers mean, as both surfaces word them (google.rpc.Status as JSON). */
import { z } from 'zod';
import { cleanText } from '../../core/outside-text.ts';
import { type FailureOutcome, type FailureCode, type Patience, ProviderError } from '../provider-error.ts';
import { isNoQuota, isOfDay, waitOfQuota } from './quota.ts';
import { isBlock, whatIsGone } from './read-error.ts';
import { refusedInputOf } from './refused-input.ts';
import type { ToldError } from './told-error.ts';

const detail = z.looseObject({
  '@type': z.string().optional(),
  reason: z.string().optional(),
  retryDelay: z.string().optional(),
  requestId: z.string().optional(),
  violations: z.array(z.looseObject({ quotaId: z.string().optional() })).optional(),
});

const errorAnswer = z.object({
  error: z.looseObject({
    code: z.union([z.number(), z.string()]).optional(),
    message: z.string().optional(),
    status: z.string().optional(),
    details: z.array(detail).optional(),
  }),
});
type ErrorAnswer = z.infer<typeof errorAnswer>['error'];

/** What a refused call was, as far as its meaning depends on it. */
export type RefusedCall = {
  /** For messages: `Google veo-3.1-generate-001`. */
  name: string;
  /** Whether it costs money: it is then sent once, and trouble after that leaves open whether it was bought. */
  paid: boolean;
  /** Whether an answer that says "failed" leaves open that something was begun and is charged. */
  begins: boolean;
  /** Whether the address names a model. */
  namesModel: boolean;
  /** Texts that no message may show. */
  secrets: readonly string[];
  /** How long Google is waited for where it is overloaded, or takes no more for now. */
  patience: Patience;
  /** How many such calls we make in a minute at most. */
  callsPerMinute: number;
};

/** Most that is told of an answer without a message, in UTF-16 units. */
const LONGEST_BODY = 500;

/** An error for an answer that is none of success; reads its body. */
export async function refusalOf(call: RefusedCall, response: Response): Promise<ProviderError> {
  const { status, headers } = response;
  const text = await response.text();
  const error = parse(text);
  const requestId = requestIdOf(headers) ?? error.details?.find((each) => each.requestId)?.requestId;
  const words = [
    `${status} ${error.status ?? error.code ?? response.statusText}`,
    error.message ?? cleanText(text, LONGEST_BODY),
  ];
  const suffix = requestId ? ` (request ${requestId})` : '';
  const message = withoutSecrets(`${call.name}: ${words.join(': ')}${suffix}`, call.secrets);
  const retryAfterSeconds = retryAfterOf(call, error, headers);
  const code = codeOf(call, status, error);
  const outcome = outcomeOf(call, status, error, code);
  return new ProviderError(outcome, message, {
    code,
    refusedInput: code === 'PROMPT_BLOCKED' ? refusedInputOf(message) : 'UNKNOWN',
    patience: outcome === 'NOT_ACCEPTED' ? patienceWith(call, status, error) : null,
    ...(retryAfterSeconds !== null && { retryAfterSeconds }),
  });
}

/** Google's own name for a request, for its support. */
export const requestIdOf = (headers: Headers): string | null =>
  headers.get('x-goog-request-id') ?? headers.get('x-request-id');

/** A text without keys, tokens and what else is secret. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const known = secrets.reduce((shown, secret) => shown.replaceAll(secret, '[redacted]'), text);
  return known.replaceAll(/\b(?:AIza[\w-]{10,}|AQ\.[\w-]{10,})|\bya29\.[\w.-]+|\bBearer \S+/g, '[redacted]');
}

function parse(text: string): ErrorAnswer {
  try {
    const answer: unknown = JSON.parse(text);
    return errorAnswer.safeParse(Array.isArray(answer) ? answer[0] : answer).data?.error ?? {};
  } catch {
    return {};
  }
}

/** A limit that was passed, with the names of its quotas among its words. */
function toldOf({ code, status, message = '', details = [] }: ErrorAnswer): ToldError {
  const quotas = details.flatMap(({ violations = [] }) => violations.flatMap(({ quotaId }) => quotaId ?? []));
  return {
    code: status ?? (code === undefined ? null : String(code)),
    words: [message, ...quotas].join(' '),
  };
}

/** Seconds to the end of Google's day, for a limit of the day; else of `RetryInfo`, its words or the header; null where none says. */
function retryAfterOf({ callsPerMinute }: RefusedCall, error: ErrorAnswer, headers: Headers): number | null {
  const told = toldOf(error);
  const named = waitOfQuota(told, callsPerMinute);
  const delay = error.details?.find((each) => each['@type']?.endsWith('google.rpc.RetryInfo'))?.retryDelay;
  const asked = isOfDay(told, callsPerMinute) ? undefined : delay;
  const seconds = Number(asked?.replace(/s$/, '') ?? named ?? headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

/** A limit of the day is waited out over some of them, in case it is passed on the next one, too. */
const DAYS: Patience = { firstSeconds: 3_600, inAllSeconds: 3 * 86_400 };

/** Of an overload, or of a limit: it passes by itself, sooner or later. */
function patienceWith(call: RefusedCall, status: number, error: ErrorAnswer): Patience | null {
  if (status !== 429 && status !== 503) return null;
  return isOfDay(toldOf(error), call.callsPerMinute) ? DAYS : call.patience;
}

/** Its door is shut: "This model is currently experiencing high demand", within a second or three (2026-05 to 2026-10). */
const isAtTheDoor = (status: number, error: ErrorAnswer): boolean =>
  status === 503 && /unavailable|overloaded/i.test(String(error.status ?? error.code ?? ''));

/**
 * What follows for the next call. Of a call that answers at once Google charges nothing that ends in 4xx or 5xx
 * (cloud.google.com/vertex-ai/generative-ai/pricing, ai.google.dev/gemini-api/docs/billing, 2026-09); a call that begins
 * an operation may have begun it before it failed.
 */
function outcomeOf(
  { begins, paid }: RefusedCall,
  status: number,
  error: ErrorAnswer,
  code: FailureCode,
): FailureOutcome {
  // No verdict on what was bought: with a mended key or account it is still there.
  if (!paid && [401, 402, 403].includes(status)) return 'NOT_ACCEPTED';
  if (code === 'PROVIDER_BILLING' && status < 500) return paid ? 'REFUSED' : 'NOT_ACCEPTED';
  if (status === 429 || isAtTheDoor(status, error)) return 'NOT_ACCEPTED';
  if (status >= 400 && status < 500 && status !== 408 && status !== 499) return 'REFUSED';
  return begins ? 'UNKNOWN' : 'NOT_ACCEPTED';
}

/**
 * An account that cannot pay, also as a 429 that no wait mends (public reports, 2026); not the words of every limit, which
 * name "plan and billing details" too.
 */
const BILLING =
  /prepay(ment|aid)? credits|credits are depleted|spend(ing)? cap|(enable|disabled?) billing|billing (account|is|has)|billing to be enabled/i;

/** Reasons of google.rpc.ErrorInfo that a status alone does not tell (cloud.google.com/apis/design/errors). */
const REASONS: Readonly<Record<string, FailureCode>> = {
  BILLING_DISABLED: 'PROVIDER_BILLING',
  API_KEY_INVALID: 'PROVIDER_PERMISSION',
  API_KEY_SERVICE_BLOCKED: 'PROVIDER_PERMISSION',
  SERVICE_DISABLED: 'PROVIDER_PERMISSION',
};

function codeOf({ namesModel }: RefusedCall, status: number, error: ErrorAnswer): FailureCode {
  const message = error.message ?? '';
  for (const { reason } of error.details ?? []) {
    const known = reason === undefined ? undefined : REASONS[reason];
    if (known) return known;
  }
  if (status === 402 || (status < 500 && BILLING.test(message))) return 'PROVIDER_BILLING';
  if (status === 429) return isNoQuota(message) ? 'PROVIDER_BILLING' : 'PROVIDER_QUOTA';
  if (status < 500 && /\bbilling\b/i.test(message)) return 'PROVIDER_BILLING';
  if (status === 401 || status === 403 || /API key/i.test(message)) return 'PROVIDER_PERMISSION';
  const gone = status < 500 ? whatIsGone(message) : null;
  if (gone) return gone;
  if (status === 404) return namesModel ? 'MODEL_NOT_FOUND' : 'PROVIDER_FAILED';
  if (status === 400) return isBlocked(error) ? 'PROMPT_BLOCKED' : 'REQUEST_REJECTED';
  return status >= 500 || status === 408 ? 'PROVIDER_UNAVAILABLE' : 'PROVIDER_FAILED';
}

/** A code may be one of a filter's, or a whole sentence of it (public reports, 2026-08). */
const isBlocked = ({ code, message }: ErrorAnswer): boolean =>
  isBlock({ code: code === undefined ? null : String(code), words: message ?? null });

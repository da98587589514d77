/** One call to Google: sent at most once if it costs, bounded in time, its failure told in our terms. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import { type CallOutcome, ProviderError } from '../provider-error.ts';
import { type RefusedCall, refusalOf, requestIdOf, withoutSecrets } from './refusal.ts';
import { send, sendWhole, toResponse } from './transport.ts';

export type CallPlan = RefusedCall & {
  /** Longest it may take, in seconds: neither the SDK nor its way to credentials has a limit of its own. */
  limitSeconds: number;
};

/** What came back over the wire, whatever its status. */
export type HttpAnswer = {
  status: number;
  text: string;
  /** What it says where it is no success, in a sentence, without secrets. */
  words: string;
  /** Null where nobody says. */
  retryAfterSeconds: number | null;
};

/** What came back, and what it means for the next call where it is no success. */
export type HeardAnswer = HttpAnswer & { refusal: ProviderError | null } & Pick<Call, 'requestId'>;

type Call = CallPlan & {
  sends: number;
  requestId: string | null;
  limit: AbortSignal;
  /** Kept of a call whose answer we read ourselves. */
  heard: HeardAnswer | null;
  isHeard: boolean;
};

/** The call that a request of the SDK belongs to. */
const current = new AsyncLocalStorage<Call>();

/**
 * Makes a call by the SDK, whose requests go through {@link guardedFetch}.
 *
 * @throws the signal's reason, where it was aborted before anything could have been bought.
 * @throws {ProviderError} for everything else.
 */
export async function makeCall<Answer>(
  plan: CallPlan,
  signal: AbortSignal,
  ask: () => Promise<Answer>,
): Promise<{ answer: Answer; requestId: string | null }> {
  const call = openCall(plan, signal);
  try {
    const answer = await current.run(call, () => untilAborted(ask(), call.limit));
    return { answer, requestId: call.requestId };
  } catch (error) {
    throw failureOf(call, error, signal);
  }
}

/**
 * Makes a call by the SDK, and gives what came over the wire, of any status: the SDK knows fewer forms of it than there
 * are, and drops or trips over the others.
 *
 * @throws as {@link makeCall} does, where no answer came.
 */
export async function hearAnswer(
  plan: CallPlan,
  signal: AbortSignal,
  ask: () => Promise<unknown>,
): Promise<HeardAnswer> {
  const call = { ...openCall(plan, signal), isHeard: true };
  try {
    await current.run(call, () => untilAborted(ask(), call.limit));
  } catch (error) {
    if (call.heard === null) throw failureOf(call, error, signal);
  }
  if (call.heard === null) throw new Error('The SDK answered without asking.');
  return call.heard;
}

function openCall(plan: CallPlan, signal: AbortSignal): Call {
  signal.throwIfAborted();
  const limit = AbortSignal.any([signal, AbortSignal.timeout(plan.limitSeconds * 1_000)]);
  return { ...plan, sends: 0, requestId: null, limit, heard: null, isHeard: false };
}

/** The `fetch` of the SDK's clients: only within a call, and once if it costs. */
export const guardedFetch = async (
  input: string | URL | Request,
  init: RequestInit = {},
): Promise<Response> => {
  const call = sending();
  const response = await sendWhole(input, init, call.limit);
  call.requestId = requestIdOf(response.headers);
  if (call.isHeard) return listen(call, response);
  if (response.ok) return response;
  throw await refusalOf(call, response);
};

/** The SDK gets its own copy of an answer of success; what it makes of it does not matter. */
async function listen(call: Call, response: Response): Promise<Response> {
  const refusal = response.ok ? null : await refusalOf(call, response.clone());
  const { status } = response;
  const text = await response.text();
  const { message: words = '', retryAfterSeconds = null } = refusal ?? {};
  call.heard = { status, text, words, retryAfterSeconds, refusal, requestId: call.requestId };
  if (refusal) throw refusal;
  return new Response(text, { status, headers: { 'content-type': 'application/json' } });
}

/** The body of a file, as it comes in, and how long it will be; within a call that costs nothing. */
export async function fetchFile(
  address: string,
  headers: Headers,
): Promise<{ body: IncomingMessage; bytes: number | null }> {
  const call = sending();
  const { limit: signal } = call;
  const body = await send(address, { headers: Object.fromEntries(headers), signal });
  const { statusCode: status = 0 } = body;
  const { location, 'content-length': promised } = body.headers;
  if (status >= 300 && status < 400 && location !== undefined) {
    body.resume();
    // Without the credentials: they are not for whoever has the file.
    return fetchFile(new URL(location, address).href, new Headers());
  }
  if (status !== 200) throw await refusalOf(call, await toResponse(body));
  return { body, bytes: promised === undefined ? null : Number(promised) };
}

/** Most requests of one call: a file may be moved a few times. */
const MOST_SENDS = 5;

function sending(): Call {
  const call = current.getStore();
  if (!call) throw new Error('A request to Google outside of any call.');
  if (call.sends >= (call.paid ? 1 : MOST_SENDS)) throw new Error('A request would have been sent again.');
  call.sends += 1;
  return call;
}

function untilAborted<Answer>(work: Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', stop));
}

function failureOf(call: Call, error: unknown, signal: AbortSignal): unknown {
  const causes = [...chain(error)];
  // The SDK wraps what its `fetch` throws.
  const told = causes.find((cause) => cause instanceof ProviderError);
  if (told) return told;
  const isOpen = call.paid && call.sends > 0 && !isNotConnected(causes);
  if (signal.aborted && !isOpen) return signal.reason;
  const outcome = call.sends === 0 ? outcomeUnsent(causes) : isOpen ? 'UNKNOWN' : 'NOT_ACCEPTED';
  return new ProviderError(outcome, withoutSecrets(`${call.name}: ${wordsOf(call, causes)}`, call.secrets), {
    cause: error,
    code: outcome === 'REFUSED' ? 'PROVIDER_PERMISSION' : 'PROVIDER_UNAVAILABLE',
  });
}

/** Codes of failures to connect: the request did not go out. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);

const isNotConnected = (causes: Error[]): boolean =>
  causes.some((cause) => 'code' in cause && NOT_CONNECTED.has(String(cause.code)));

/** What stopped a call before it was sent: credentials that do not hold, or the way to their endpoint. */
function outcomeUnsent(causes: Error[]): CallOutcome {
  const isVerdict = causes.some(
    (cause) =>
      ('status' in cause && [400, 401, 403].includes(Number(cause.status))) ||
      /default credentials|invalid_grant|ENOENT/.test(cause.message),
  );
  return isVerdict ? 'REFUSED' : 'NOT_ACCEPTED';
}

/** What went wrong, in a sentence; the innermost error has the socket's own words. */
function wordsOf({ limit, limitSeconds, sends }: Call, causes: Error[]): string {
  const detail = causes.at(-1)?.message ?? 'no reason given';
  if (limit.aborted) return `no answer came in ${limitSeconds} s.`;
  if (isNotConnected(causes)) return `it could not be reached (${detail}).`;
  if (sends === 0) return `the call could not be sent: ${detail}`;
  if (causes.some(({ name }) => name === 'SyntaxError')) return 'the answer is malformed.';
  return `the connection broke (${detail}).`;
}

function* chain(error: unknown): Generator<Error> {
  if (!(error instanceof Error)) return;
  yield error;
  yield* chain(error.cause);
}

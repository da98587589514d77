/** One call to Google: sent at most once if it costs, bounded in time, its failure told in our terms. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import { type FailureOutcome, ProviderError } from '../provider-error.ts';
import { chainOf, wordsOf } from './call-words.ts';
import { type RefusedCall, refusalOf, requestIdOf, withoutSecrets } from './refusal.ts';
import type { Receipt } from '../price.ts';
import { headersOf, send, sendAsked, toResponse } from './transport.ts';

export type CallPlan = RefusedCall & {
  /** Longest it may take, in seconds: neither the SDK nor its way to credentials has a limit of its own. */
  limitSeconds: number;
  /** What a paid call is booked at of which no answer came in that time, to be asked again; without, nobody knows. */
  unanswered?: Receipt;
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

/** An answer that we read ourselves. */
export type HeardAnswer = HttpAnswer & {
  requestId: string | null;
  /** What it is as a failure; null for an answer of success. */
  refusal: ProviderError | null;
};

/** Hears an answer as it comes in; the next piece waits until it is done with this one. */
export type Listener = {
  head?(headers: Headers): Promise<void> | void;
  /** Of the body of an answer of success. */
  piece?(bytes: Buffer): Promise<void> | void;
};

type Call = CallPlan & {
  sends: number;
  /** Whether the last of them went out: a connection came about, TLS included. */
  isSent: boolean;
  /** By `performance.now()`. */
  startedAt: number;
  requestId: string | null;
  /** Its own time limit, and the caller's signal. */
  limit: AbortSignal;
  timer: AbortSignal;
  /** Of a call whose answer we read ourselves. */
  listener: Listener | null;
  heard: HeardAnswer | null;
};

/** The call that a request of the SDK belongs to. */
const current = new AsyncLocalStorage<Call>();

/**
 * Makes a call by the SDK, whose requests go through {@link guardedFetch}.
 *
 * @throws the signal's reason, where it was aborted and the call costs nothing.
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
 * Makes a call by the SDK, or by {@link guardedFetch} itself, and gives what came over the wire, of any status: the SDK
 * knows fewer forms of it than there are, and drops or trips over the others.
 *
 * @throws as {@link makeCall} does, where no whole answer came.
 */
export async function hearAnswer(
  plan: CallPlan,
  signal: AbortSignal,
  ask: () => Promise<unknown>,
  listener: Listener = {},
): Promise<HeardAnswer> {
  const call = { ...openCall(plan, signal), listener };
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
  const timer = AbortSignal.timeout(plan.limitSeconds * 1_000);
  return {
    ...plan,
    sends: 0,
    isSent: false,
    startedAt: performance.now(),
    requestId: null,
    limit: AbortSignal.any([signal, timer]),
    timer,
    listener: null,
    heard: null,
  };
}

/** The `fetch` of the SDK's clients: only within a call, and once if it costs. */
export const guardedFetch = async (
  input: string | URL | Request,
  init: RequestInit = {},
): Promise<Response> => {
  const call = sending();
  const asked = new Request(input, { ...init, signal: null });
  const sent = await sendAsked(asked, wayOf(call));
  const answer = asked.method === 'GET' && !call.paid ? await followed(call, sent, asked.url) : sent;
  call.requestId = requestIdOf(headersOf(answer));
  if (call.listener) return listen(call, call.listener, answer);
  const response = await toResponse(answer);
  if (response.ok) return response;
  throw await refusalOf(call, response);
};

/** The answer to a question that moved; asked without the credentials: they are not for whoever has it. */
async function followed(call: Call, answer: IncomingMessage, address: string): Promise<IncomingMessage> {
  const { location } = answer.headers;
  if (!isRedirect(answer) || location === undefined) return answer;
  answer.resume();
  sending();
  const to = new URL(location, address).href;
  return followed(call, await send(to, wayOf(call)), to);
}

const isRedirect = ({ statusCode = 0 }: IncomingMessage): boolean => statusCode >= 300 && statusCode < 400;

/** Longest answer that is read, in bytes; ours: a film of ten seconds in 4k, in base64, has less. */
const MOST_BYTES = 512 * 1_024 * 1_024;

/** The SDK gets an empty answer of success; what it makes of it does not matter. */
async function listen(call: Call, listener: Listener, answer: IncomingMessage): Promise<Response> {
  const { statusCode: status = 0 } = answer;
  const headers = headersOf(answer);
  await listener.head?.(headers);
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of answer as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > MOST_BYTES) throw new Error(`the answer is longer than ${MOST_BYTES} bytes`);
    pieces.push(piece);
    if (isSuccess(status)) await listener.piece?.(piece);
  }
  const text = Buffer.concat(pieces).toString();
  const refusal = isSuccess(status) ? null : await refusalOf(call, new Response(text, { status, headers }));
  const { message: words = '', retryAfterSeconds = null } = refusal ?? {};
  call.heard = { status, text, words, retryAfterSeconds, refusal, requestId: call.requestId };
  if (refusal) throw refusal;
  return new Response('{}', { headers: { 'content-type': 'application/json' } });
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** The body of a file, as it comes in, and how long it will be; within a call that costs nothing. */
export async function fetchFile(
  address: string,
  headers: Headers,
): Promise<{ body: IncomingMessage; bytes: number | null }> {
  const call = sending();
  const body = await send(address, { headers: Object.fromEntries(headers), ...wayOf(call) });
  const { statusCode: status = 0 } = body;
  const { location, 'content-length': promised } = body.headers;
  if (isRedirect(body) && location !== undefined) {
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
  call.isSent = false;
  return call;
}

const wayOf = (call: Call) => ({ signal: call.limit, onConnected: () => void (call.isSent = true) });

function untilAborted<Answer>(work: Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', stop));
}

function failureOf(call: Call, error: unknown, signal: AbortSignal): unknown {
  const causes = [...chainOf(error)];
  // The SDK wraps what its `fetch` throws.
  const told = causes.find((cause) => cause instanceof ProviderError);
  if (told) return told;
  const isOpen = call.paid && call.isSent;
  // What was to be paid for has a verdict of its own: it was surely not bought.
  if (signal.aborted && !call.paid) return signal.reason;
  if (isOpen && call.limit.aborted && call.unanswered) return unanswered(call, call.unanswered, causes);
  const outcome = call.sends === 0 ? outcomeUnsent(causes) : isOpen ? 'UNKNOWN' : 'NOT_ACCEPTED';
  return new ProviderError(outcome, withoutSecrets(`${call.name}: ${wordsOf(call, causes)}`, call.secrets), {
    cause: error,
    code: outcome === 'REFUSED' ? 'PROVIDER_PERMISSION' : 'PROVIDER_UNAVAILABLE',
  });
}

/** Booked at the most that it may cost, it may be asked again: what was sold twice is counted twice, and nobody has to look. */
const unanswered = (call: Call, receipt: Receipt, causes: Error[]): ProviderError =>
  new ProviderError(
    'IN_VAIN',
    `${call.name}: ${wordsOf(call, causes)} It is booked at the most it may cost.`,
    {
      code: 'PROVIDER_UNAVAILABLE',
      receipt,
    },
  );

/** What stopped a call before it was sent: credentials that do not hold, or the way to their endpoint. */
function outcomeUnsent(causes: Error[]): FailureOutcome {
  const isVerdict = causes.some(
    (cause) =>
      ('status' in cause && [400, 401, 403].includes(Number(cause.status))) ||
      /default credentials|invalid_grant|ENOENT/.test(cause.message),
  );
  return isVerdict ? 'REFUSED' : 'NOT_ACCEPTED';
}

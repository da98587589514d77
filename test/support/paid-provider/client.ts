import type { z } from 'zod';
import type { CallOptions } from '../../../src/providers/capabilities/capability.ts';
import { type FailureOutcome, ProviderError } from '../../../src/providers/provider-error.ts';

export type Ask = {
  method: 'GET' | 'POST';
  /** From the provider's root, without a slash in front. */
  path: string;
  body?: unknown;
  /** Whether it costs money: trouble then leaves open whether it was bought. */
  paid: boolean;
};

/** Codes of failures to connect: the request did not go out. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Asks the paid test provider over HTTP, each call once, and says what a failure means for the next. */
export class PaidClient {
  readonly #url: string;
  readonly #timeLimitMs: number;

  constructor(url: string, timeLimitSeconds: number) {
    this.#url = url;
    this.#timeLimitMs = timeLimitSeconds * 1_000;
  }

  /**
   * The answer's body, whole.
   *
   * @throws the signal's reason, when aborted.
   * @throws {ProviderError}
   */
  async ask(ask: Ask, { signal }: Pick<CallOptions, 'signal'>): Promise<Buffer> {
    signal.throwIfAborted();
    try {
      return await this.#send(ask, AbortSignal.any([signal, AbortSignal.timeout(this.#timeLimitMs)]));
    } catch (error) {
      if (error instanceof ProviderError) throw error;
      signal.throwIfAborted();
      const outcome = NOT_CONNECTED.has(codeOf(error)) ? 'NOT_ACCEPTED' : troubleOf(ask);
      throw new ProviderError(outcome, `${nameOf(ask)}: ${messageOf(error)}`, { cause: error });
    }
  }

  /** The answer as JSON, in the shape it must have. Throws as `ask` does. */
  async askJson<Answer>(
    ask: Ask,
    shape: z.ZodType<Answer>,
    options: Pick<CallOptions, 'signal'>,
  ): Promise<Answer> {
    const body = await this.ask(ask, options);
    try {
      return shape.parse(JSON.parse(body.toString()));
    } catch (error) {
      throw new ProviderError(troubleOf(ask), `${nameOf(ask)}: the answer is malformed.`, { cause: error });
    }
  }

  async #send(ask: Ask, signal: AbortSignal): Promise<Buffer> {
    const body = ask.body === undefined ? {} : { body: JSON.stringify(ask.body) };
    const response = await fetch(new URL(ask.path, this.#url), { method: ask.method, signal, ...body });
    const answer = Buffer.from(await response.arrayBuffer());
    if (!response.ok) throw refusalOf(ask, response, answer.toString());
    const promised = Number(response.headers.get('content-length'));
    if (answer.length !== promised) throw new Error(`${answer.length} of ${promised} bytes came.`);
    return answer;
  }
}

const troubleOf = ({ paid }: Ask): FailureOutcome => (paid ? 'UNKNOWN' : 'NOT_ACCEPTED');

const nameOf = ({ method, path }: Ask): string => `${method} ${path}`;

function refusalOf(ask: Ask, { status, headers }: Response, text: string): ProviderError {
  const retryAfter = headers.get('retry-after');
  const options = retryAfter === null ? {} : { retryAfterSeconds: Number(retryAfter) };
  return new ProviderError(outcomeOf(ask, status), `${nameOf(ask)}: ${status} ${text}`, options);
}

function outcomeOf(ask: Ask, status: number): FailureOutcome {
  if (status === 429 || status === 503) return 'NOT_ACCEPTED';
  return status >= 400 && status < 500 ? 'REFUSED' : troubleOf(ask);
}

/** `fetch` says "fetch failed"; the socket's own error is its cause. */
const socketError = (error: unknown): unknown =>
  error instanceof TypeError && error.cause !== undefined ? error.cause : error;

function codeOf(error: unknown): string {
  const socket = socketError(error);
  return socket instanceof Error && 'code' in socket ? String(socket.code) : '';
}

function messageOf(error: unknown): string {
  const socket = socketError(error);
  return socket instanceof Error ? socket.message : String(socket);
}

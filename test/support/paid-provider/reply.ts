import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { Call, End, Trouble } from './protocol.ts';

export type Reply = {
  status: number;
  type: string;
  body: Buffer;
  retryAfterSeconds?: number | undefined;
  /** What comes behind the body, piece by piece; nothing unless given. */
  more?: AsyncIterable<string>;
};

/** A call as it was understood; `accept` does what it asks for, and is not called twice. */
export type Asked = {
  call: Call;
  subject: string;
  accept(end: End): Reply | Promise<Reply>;
  /** What the safety filter says of it; an error unless given. */
  blocked?: Reply;
};

/** How Veo refuses a prompt (read in public reports, 2026-11). */
export const BLOCKED_PROMPT =
  "The prompt could not be submitted. This prompt contains words that violate Vertex AI's usage guidelines. Try rephrasing the prompt. Support codes: 29310472";

/** A request that the provider refuses, with its HTTP status. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Answers with JSON. */
export const jsonReply = (value: unknown, status = 200): Reply => ({
  status,
  type: 'application/json',
  body: Buffer.from(JSON.stringify(value)),
});

/** How a provider words a refusal. */
export type Wording = (status: number, message: string, retryAfterSeconds?: number) => Reply;

const plainly: Wording = (status, message) => jsonReply({ error: message }, status);

/** Does what was asked and answers, unless trouble comes before, in between or after. */
export async function answer(
  response: ServerResponse,
  asked: Asked,
  trouble: Trouble | undefined,
  wording: Wording = plainly,
): Promise<void> {
  if (trouble?.kind === 'BLOCKED') return send(response, asked.blocked ?? wording(400, BLOCKED_PROMPT));
  const failure = trouble && isFailure(trouble) ? trouble : null;
  if (failure && failure.accepted !== true) return fail(response, failure, wording);
  const reply = await asked.accept(trouble?.kind === 'ENDS' ? trouble.end : 'DONE');
  if (failure) return fail(response, failure, wording);
  if (trouble?.kind === 'SLOW') await setTimeout(trouble.delayMs);
  if (trouble?.kind === 'CUT') return breakOff(response, reply);
  if (trouble?.kind === 'USELESS') return send(response, jsonReply({}));
  send(response, trouble?.kind === 'MALFORMED' ? { ...reply, body: secondHalf(reply) } : reply);
}

/** Sends a reply whole. */
export function send(response: ServerResponse, reply: Reply): void {
  const head = writeHead(response, reply);
  if (reply.more) Readable.from(inPieces(reply)).pipe(head);
  else head.end(reply.body);
}

async function* inPieces({ body, more }: Reply): AsyncGenerator<Buffer | string> {
  yield body;
  yield* more ?? [];
}

type Failure = Extract<Trouble, { kind: 'STATUS' | 'RESET' | 'HANG' }>;

const isFailure = (trouble: Trouble): trouble is Failure =>
  trouble.kind === 'STATUS' || trouble.kind === 'RESET' || trouble.kind === 'HANG';

function fail(response: ServerResponse, trouble: Failure, wording: Wording): void {
  if (trouble.kind === 'RESET') response.socket?.resetAndDestroy();
  if (trouble.kind !== 'STATUS') return;
  const { status, retryAfterSeconds, body } = trouble;
  const reply =
    body === undefined
      ? wording(status, `A scripted ${status}.`, retryAfterSeconds)
      : jsonReply(body, status);
  send(response, { ...reply, retryAfterSeconds });
}

function breakOff(response: ServerResponse, reply: Reply): void {
  writeHead(response, reply).write(firstHalf(reply), () => response.destroy());
}

function writeHead(response: ServerResponse, { status, type, body, retryAfterSeconds, more }: Reply) {
  // A connection a call: a fault hits no other call, and a restart leaves no dead connection to be tried.
  response.shouldKeepAlive = false;
  response.setHeader('content-type', type);
  if (more === undefined) response.setHeader('content-length', body.length);
  if (retryAfterSeconds !== undefined) response.setHeader('retry-after', retryAfterSeconds);
  return response.writeHead(status);
}

const middle = ({ body }: Reply): number => Math.floor(body.length / 2);
const firstHalf = (reply: Reply): Buffer => reply.body.subarray(0, middle(reply));
/** Not the first: of a film that would be a shorter film. */
const secondHalf = (reply: Reply): Buffer => reply.body.subarray(middle(reply));

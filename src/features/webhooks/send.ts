/** One try to bring a receiver an event, and what came of it. */
import type { Webhook, WebhookErrorCode } from '../../generated/prisma/client.ts';
import { NoAnswerError } from '../../platform/outbound/no-answer.ts';
import type { Outbound } from '../../platform/outbound/outbound.ts';
import type { EventType } from '../audit/log/event-types.ts';
import type { NumberedEntry } from '../audit/log/numbered-entry.ts';
import { signedHeaders } from './sign.ts';

/** Ours: what common queues behind receivers take (Amazon SQS and EventBridge). In UTF-8. */
const MAX_BODY_BYTES = 256 * 1024;

/** HTTP status by which a receiver says that it is gone for good (Standard Webhooks). */
const GONE = 410;

/** An event of the log that a webhook is sent. */
export type SentEvent = { entry: NumberedEntry; type: EventType };

/** What a webhook's document selects of an event, and what could not be read of it. */
export type Selection = { data: unknown; errors?: readonly unknown[] };

/** Why an event was not taken; the message is for people. */
export type Failure = { code: WebhookErrorCode; message: string };

/** How sending it went. */
export type Attempt = {
  /** HTTP status; null if there was no answer. */
  responseStatus: number | null;
  /** Null if the receiver does not ask to be left alone. */
  retryAfterSeconds: number | null;
  /** Null if the receiver took it. */
  failure: Failure | null;
  durationMilliseconds: number;
};

/** Sends an event once, signed with each of `secrets`; one that is too large is not sent. */
export async function send(
  outbound: Outbound,
  { id, url }: Pick<Webhook, 'id' | 'url'>,
  secrets: readonly string[],
  { entry, type }: SentEvent,
  selection: Selection,
  signal: AbortSignal,
): Promise<Attempt> {
  const body = JSON.stringify({ type: messageType(type), timestamp: entry.time, ...selection });
  const tooLarge = sizeFailure(body);
  if (tooLarge) return unsent(tooLarge);
  const at = new Date();
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'vidpipe',
    ...signedHeaders(secrets, { id: `msg_${id}_${entry.sequence}`, at, body }),
  };
  const since = () => Date.now() - at.getTime();
  try {
    const { status, retryAfterSeconds } = await outbound.post(new URL(url), headers, body, signal);
    return {
      responseStatus: status,
      retryAfterSeconds,
      failure: refusalOf(status),
      durationMilliseconds: since(),
    };
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error;
    const { code, message } = error;
    return { ...unsent({ code, message }), durationMilliseconds: since() };
  }
}

/** A try that ended before there was an answer. */
export const unsent = (failure: Failure): Attempt => ({
  responseStatus: null,
  retryAfterSeconds: null,
  failure,
  durationMilliseconds: 0,
});

/** `SCENE_CHANGED` as Standard Webhooks writes types: `scene.changed`, a point for the last underscore. */
const messageType = (type: EventType) => type.toLowerCase().replace(/_(?=[^_]*$)/, '.');

function sizeFailure(body: string): Failure | null {
  const size = Buffer.byteLength(body);
  if (size <= MAX_BODY_BYTES) return null;
  const message = `The document selects ${size} bytes of this event, and a message may have ${MAX_BODY_BYTES}.`;
  return { code: 'PAYLOAD_TOO_LARGE', message };
}

function refusalOf(status: number): Failure | null {
  if (status >= 200 && status < 300) return null;
  const message = `The receiver answered ${status}`;
  if (status === GONE) return { code: 'GONE', message: `${message}: it is gone.` };
  if (status < 300 || status >= 400) return { code: 'REFUSED', message: `${message}.` };
  const wayOut = 'redirects are not followed: give the webhook its new address.';
  return { code: 'REDIRECTED', message: `${message}; ${wayOut}` };
}

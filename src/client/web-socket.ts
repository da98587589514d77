import { CloseCode, createClient } from 'graphql-ws/client';
import { ApiError, type AnswerError, connectionLost, refusal } from './api-error.ts';
import { CONNECT_MILLISECONDS, type ReadHeaders, type Transport } from './transport.ts';

/** Of the server's own making (docs/security.md): come back later. */
const TOO_MANY_SOCKETS = 4503;
/** How often the server is asked whether it is there; nothing else tells of a connection whose packets vanish. */
const PING_MILLISECONDS = 7_000;
/** Longest until it answers. */
const PONG_MILLISECONDS = 7_000;
/** Who comes back with the same is closed again. */
const FINAL = new Set<number>([
  1002,
  1003,
  1007,
  1009,
  CloseCode.InternalClientError,
  CloseCode.BadResponse,
  CloseCode.BadRequest,
  CloseCode.Unauthorized,
  CloseCode.SubprotocolNotAcceptable,
  CloseCode.SubscriberAlreadyExists,
  CloseCode.TooManyInitialisationRequests,
]);

/**
 * All subscriptions on one WebSocket (graphql-transport-ws), open as long as there is any.
 *
 * @param webSocketImpl a WebSocket class; that of the platform unless given.
 */
export function openWebSocket(url: string, headers: ReadHeaders, webSocketImpl?: unknown): Transport {
  let deadline: ReturnType<typeof setTimeout> | undefined;
  const rest = () => clearTimeout(deadline);
  const within = (milliseconds: number) => {
    rest();
    deadline = setTimeout(() => client.terminate(), milliseconds);
  };
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    connectionParams: headers,
    // It would come back with what was asked first.
    retryAttempts: 0,
    keepAlive: PING_MILLISECONDS,
    ...(webSocketImpl !== undefined && { webSocketImpl }),
    on: {
      connecting: () => within(CONNECT_MILLISECONDS),
      connected: rest,
      ping: (isReceived) => !isReceived && within(PONG_MILLISECONDS),
      pong: (isReceived) => isReceived && rest(),
      closed: rest,
      error: rest,
    },
  });
  return {
    subscribe: (operation, sink) =>
      client.subscribe(operation, {
        next: (result) => sink.next(result as object),
        error: (reason) => sink.fail(failureOf(reason)),
        complete: () => sink.complete(),
      }),
    close: () => void client.dispose(),
  };
}

/** graphql-ws gives the errors of an operation, a close event, or an event that tells nothing. */
function failureOf(reason: unknown): ApiError {
  if (Array.isArray(reason)) return refusal(reason as AnswerError[]);
  const { code, reason: words } = reason as { code?: number; reason?: string };
  if (code === CloseCode.Forbidden)
    return new ApiError('UNAUTHENTICATED', 'The server does not let this client in, or no longer.');
  if (code === TOO_MANY_SOCKETS) return new ApiError('TOO_MANY_SOCKETS', words ?? '', { cause: reason });
  if (code !== undefined && FINAL.has(code))
    return new ApiError('PROTOCOL', `The server closed the socket with ${code} (${words}).`, {
      cause: reason,
    });
  return connectionLost(reason);
}

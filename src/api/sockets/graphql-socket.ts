import type { IncomingMessage } from 'node:http';
import {
  CloseCode,
  MessageType,
  parseMessage,
  type PingMessage,
  type Server,
  stringifyMessage,
} from 'graphql-ws';
import type { Extra } from 'graphql-ws/use/ws';
import type { WebSocket } from 'ws';
import type { SocketMessages } from './socket-messages.ts';

/** A client that does not answer two heartbeats in a row is gone. */
const HEARTBEAT_MILLISECONDS = 12_000;

/** What servers alone may say. */
const OF_SERVERS: readonly string[] = [MessageType.ConnectionAck, MessageType.Next, MessageType.Error];

/**
 * Serves a WebSocket by graphql-transport-ws. In place of graphql-ws's own adapter, which reads binary for text, closes
 * with 4500, a fault of ours, on what only servers say, and writes what clients do wrong to the console: here all that
 * no client may say closes with 4400.
 *
 * @param messages reads what is long.
 * @param onFault told of what went wrong on our side; the socket is then closed with 4500.
 */
export function serveSocket(
  server: Server<Extra>,
  socket: WebSocket,
  request: IncomingMessage,
  { messages, onFault }: { messages: SocketMessages; onFault: (error: unknown) => void },
): void {
  const refuse = (reason: string) => socket.close(CloseCode.BadRequest, reason);
  const fail = (error: unknown) => {
    onFault(error);
    socket.close(CloseCode.InternalServerError, 'Internal server error');
  };
  const closed = server.opened(
    {
      protocol: socket.protocol,
      send: (text) => send(socket, text),
      close: (code, reason) => socket.close(code, reason),
      onPing(payload) {
        const pong = pongTo(payload);
        return pong === null ? refuse('Payload too deep') : send(socket, pong);
      },
      onMessage: (hear) => {
        const hearText = (text: string) =>
          hear(text).catch((error: unknown) =>
            isOfServers(text) ? refuse('Only servers say this') : fail(error),
          );
        socket.on('message', (data: Buffer, isBinary: boolean) => {
          // What comes before the client closes too is not heard.
          if (isOver(socket)) return;
          if (isBinary) return refuse('Messages are text');
          messages
            .take(socket, data, hearText)
            .then((isFit) => isFit || refuse('Too long for what it is'), fail);
        });
      },
    },
    { socket, request },
  );
  // `ws` has closed it, with the code of RFC 6455 for what was wrong.
  socket.on('error', () => {});
  socket.once('close', (code, reason) => void closed(code, String(reason)).catch(onFault));
  beat(socket);
}

const isOver = (socket: WebSocket): boolean => socket.readyState !== socket.OPEN;

function send(socket: WebSocket, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (isOver(socket)) return resolve();
    socket.send(text, (error) => (error && !isOver(socket) ? reject(error) : resolve()));
  });
}

/** Asked once graphql-ws has failed at a message: it does so on what it does not expect of a client. */
const isOfServers = (text: string): boolean => {
  try {
    return OF_SERVERS.includes(parseMessage(text).type);
  } catch {
    return false;
  }
};

/** Null if `payload` is nested deeper than `JSON.stringify` goes; `JSON.parse` goes deeper. */
function pongTo(payload: PingMessage['payload']): string | null {
  try {
    return stringifyMessage({ type: MessageType.Pong, ...(payload && { payload }) });
  } catch {
    return null;
  }
}

function beat(socket: WebSocket): void {
  let hasAnswered = true;
  socket.on('pong', () => (hasAnswered = true));
  const timer = setInterval(() => {
    if (!hasAnswered) return socket.terminate();
    hasAnswered = false;
    socket.ping();
  }, HEARTBEAT_MILLISECONDS);
  socket.once('close', () => clearInterval(timer));
}

import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ExecutionArgs, GraphQLError } from 'graphql';
import type { ConnectionInitMessage, Context, SubscribePayload } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { DomainError } from '../core/errors.ts';
import { type Access, originOf } from './access.ts';
import { keepPace } from './keep-pace.ts';
import { SocketOutlet } from './live/socket-outlet.ts';
import { formatError, type PresentError } from './present-error.ts';
import { GRAPHQL_PATH, type Yoga } from './yoga.ts';

const MAX_OPERATIONS_PER_SOCKET = 50;
/** A client that does not answer two heartbeats in a row is gone. */
const HEARTBEAT_MILLISECONDS = 12_000;
/** How long a client may take to answer our goodbye. */
const CLOSING_MILLISECONDS = 1_000;

type Options = {
  server: Server;
  yoga: Yoga;
  access: Access;
  presentError: PresentError;
  maxMessageBytes: number;
  /** Once aborted, new sockets are refused with 503. */
  draining: AbortSignal;
  /** Sockets at once; more are refused with 503. As many as come without it. */
  maxSockets?: number;
};

/**
 * Serves the graph over WebSocket (graphql-transport-ws) at the same path as over HTTP.
 *
 * @returns a function that closes every socket with 1001, "going away", and cuts those that do not answer.
 */
export function openSockets(options: Options): () => Promise<void> {
  const { server, yoga, access, presentError, maxMessageBytes, draining } = options;
  const { maxSockets = Infinity } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
  });
  const graphql = useServer(
    {
      onSubscribe: async (socket, id, payload) => {
        try {
          return await prepare(yoga, socket, id, payload);
        } catch (error) {
          // Thrown on, it would close the socket and end its other operations.
          return [presentError(error)];
        }
      },
      execute: (args) => (args as Prepared).enveloped.execute(args),
      subscribe: (args) => (args as Prepared).enveloped.subscribe(args),
      onError: (_socket, _id, _payload, errors) => errors.map((error) => formatError(presentError(error))),
      onNext: (_socket, _id, _payload, _args, { data = null, errors, extensions }) =>
        errors && { data, errors: errors.map(formatError), ...(extensions && { extensions }) },
      isProd: true,
    },
    sockets,
    HEARTBEAT_MILLISECONDS,
  );

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = access.refuse(request);
    if (refusal) return refuseUpgrade(socket, refusal.status);
    if (request.url?.split('?')[0] !== GRAPHQL_PATH) return refuseUpgrade(socket, 404);
    if (draining.aborted || sockets.clients.size >= maxSockets) return refuseUpgrade(socket, 503);
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      sockets.emit('connection', webSocket, request);
      keepPace(webSocket, request.socket);
    });
  });
  return async () => {
    const cut = setTimeout(
      () => sockets.clients.forEach((client) => client.terminate()),
      CLOSING_MILLISECONDS,
    );
    await graphql.dispose();
    clearTimeout(cut);
  };
}

type Prepared = ExecutionArgs & { enveloped: ReturnType<Yoga['getEnveloped']> };

/** Parses, validates and builds the context as Yoga does for HTTP, so that both answer alike. */
async function prepare(
  yoga: Yoga,
  { extra, subscriptions }: Context<ConnectionInitMessage['payload'], Extra>,
  id: string,
  payload: SubscribePayload,
): Promise<Prepared | readonly GraphQLError[]> {
  // graphql-ws has counted this operation already.
  if (Object.keys(subscriptions).length > MAX_OPERATIONS_PER_SOCKET) {
    throw new DomainError(
      'TOO_MANY_OPERATIONS',
      `A socket may have ${MAX_OPERATIONS_PER_SOCKET} operations at once; complete some first.`,
    );
  }
  const origin = originOf(extra.request.headers.host);
  const outlet = new SocketOutlet(extra.socket, extra.request.socket, id);
  const enveloped = yoga.getEnveloped({ origin, outlet, params: payload });
  const document = enveloped.parse(payload.query);
  const errors = enveloped.validate(enveloped.schema, document);
  if (errors.length > 0) return errors;
  return {
    schema: enveloped.schema,
    document,
    operationName: payload.operationName,
    variableValues: payload.variables,
    contextValue: await enveloped.contextFactory(),
    enveloped,
  };
}

function refuseUpgrade(socket: Duplex, status: number): void {
  const reason = STATUS_CODES[status];
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

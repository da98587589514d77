import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { BlockList } from 'node:net';
import type { Duplex } from 'node:stream';
import { promisify } from 'node:util';
import { type ExecutionArgs, type GraphQLError, parse } from 'graphql';
import { type Context, handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws';
import type { Extra } from 'graphql-ws/use/ws';
import { WebSocket, WebSocketServer } from 'ws';
import { DomainError, InvalidInputError } from '../../core/errors.ts';
import type { Admission } from '../../features/api-keys/key-ring.ts';
import type { Access } from '../admission/access.ts';
import { clientAddress } from '../admission/client-address.ts';
import { serveSocket } from './graphql-socket.ts';
import { keepPace } from './keep-pace.ts';
import type { LargeRequests, Refusal } from '../operations/large-requests.ts';
import { SocketOutlet } from '../live/socket-outlet.ts';
import type { Places } from '../admission/places.ts';
import { formatError, type PresentError } from '../operations/present-error.ts';
import type { RefusalReason, Refusals } from '../admission/refusals.ts';
import { SocketMessages } from './socket-messages.ts';
import { schema } from '../schema.ts';
import { SocketAdmission } from './socket-admission.ts';
import { GRAPHQL_PATH, type Yoga } from '../http/yoga.ts';

const MAX_OPERATIONS_PER_SOCKET = 50;
/** Characters of an operation's id; ours: clients count, or take a UUID. */
const MAX_ID_LENGTH = 256;
/** As RFC 6455 has it. */
const GOING_AWAY = 1001;
/** How long a client may take to answer our goodbye; at the end of the server. */
const CLOSING_MILLISECONDS = 1_000;
/** The same while it goes on; left to itself, `ws` waits half a minute. Its types do not know the option. */
const LEAVING = { closeTimeout: 5_000 };

type Options = {
  server: Server;
  yoga: Yoga;
  access: Access;
  admission: Admission;
  presentError: PresentError;
  refusals: Refusals;
  places: Places;
  large: LargeRequests;
  /** Networks of proxies that say where a client is. */
  trustedProxies: BlockList;
  maxMessageBytes: number;
  /** Once aborted, new sockets are refused with 503. */
  draining: AbortSignal;
};

/** Where a socket stands: not yet let in, let in, on its way out. */
export const SOCKET_STATES = ['connecting', 'ready', 'closing'] as const;
export type SocketState = (typeof SOCKET_STATES)[number];

export type Sockets = {
  countIn(state: SocketState): number;
  /** Closes every socket with 1001, "going away", and cuts those that do not answer. */
  close(): Promise<void>;
};

type Caller = Context<Record<string, unknown>, Extra>;

/** Serves the graph over WebSocket (graphql-transport-ws) at the same path as over HTTP. */
export function openSockets(options: Options): Sockets {
  const { server, yoga, access, presentError, refusals, places, large, maxMessageBytes, draining } = options;
  const admission = new SocketAdmission(options);
  const messages = new SocketMessages(large, admission);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols,
    ...LEAVING,
  });
  const prepare = async (caller: Caller, id: string, payload: SubscribePayload) => {
    const { socket, request } = caller.extra;
    const refused = messages.refusalOf(socket);
    refuseTooMany(caller, refusals);
    refuseLong(id);
    // Nobody reads them; they would be kept as long as the operation lives.
    delete (payload as { extensions?: unknown }).extensions;
    if (refused?.of === 'variables') return answeredBy(refused);
    const errors = refused?.errors ?? (await large.errorsOf(payload.query, admission.passOf(socket)));
    if (errors) return errors;
    const transport = {
      origin: access.originOf(request.headers),
      pass: admission.passOf(socket),
      outlet: new SocketOutlet(socket, request.socket, id),
    };
    return prepareOperation(yoga.getEnveloped({ ...transport, params: payload }), payload);
  };
  const graphql = makeServer<Record<string, unknown>, Extra>({
    onConnect: (caller) => admission.admit(caller),
    onSubscribe: async (caller, id, payload) => {
      try {
        return await prepare(caller, id, payload);
      } catch (error) {
        // Thrown on, it would close the socket and end its other operations.
        return [presentError(error)];
      }
    },
    execute: (args) => (args as Prepared).enveloped.execute(args),
    subscribe: (args) => (args as Prepared).enveloped.subscribe?.(args),
    onError: (_socket, _id, _payload, errors) => errors.map((error) => formatError(presentError(error))),
    onNext: (_socket, _id, _payload, _args, { data = null, errors, extensions }) =>
      errors && { data, errors: errors.map(formatError), ...(extensions && { extensions }) },
  });

  const refuse = (socket: Duplex, status: number, reason?: RefusalReason) => {
    if (reason) refusals.count(reason);
    refuseUpgrade(socket, status);
  };
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Node listens no more: what a client resets would end the process.
    socket.on('error', () => socket.destroy());
    const refusal = access.refuse(request);
    if (refusal) return refuse(socket, refusal.status, refusal.reason);
    if (request.url?.split('?')[0] !== GRAPHQL_PATH) return refuse(socket, 404);
    if (draining.aborted) return refuse(socket, 503, 'stopping');
    const place = places.wait(clientAddress(request, options.trustedProxies));
    if (typeof place === 'string') return refuse(socket, 503, place);
    // Whatever becomes of it, also one that `ws` refuses.
    socket.once('close', () => place.leave());
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      admission.expect(webSocket, place);
      serveSocket(graphql, webSocket, request, { messages, onFault: presentError });
      keepPace(webSocket, request.socket);
    });
  });

  const stateOf = (socket: WebSocket): SocketState => {
    if (socket.readyState !== WebSocket.OPEN) return 'closing';
    return admission.has(socket) ? 'ready' : 'connecting';
  };
  return {
    countIn: (state) => [...sockets.clients].filter((socket) => stateOf(socket) === state).length,
    async close() {
      for (const socket of sockets.clients) socket.close(GOING_AWAY, 'Going away');
      const cut = setTimeout(
        () => sockets.clients.forEach((socket) => socket.terminate()),
        CLOSING_MILLISECONDS,
      );
      await promisify(sockets.close.bind(sockets))();
      clearTimeout(cut);
    },
  };
}

/** @throws {DomainError} `TOO_MANY_OPERATIONS`; graphql-ws has counted this one already. */
function refuseTooMany({ subscriptions }: Caller, refusals: Refusals): void {
  if (Object.keys(subscriptions).length <= MAX_OPERATIONS_PER_SOCKET) return;
  refusals.count('socket_operations');
  const message = `A socket may have ${MAX_OPERATIONS_PER_SOCKET} operations at once; complete some first.`;
  throw new DomainError('TOO_MANY_OPERATIONS', message);
}

/** @throws {InvalidInputError} for an id that is none of a client: it goes with each event. */
function refuseLong(id: string): void {
  if (id.length <= MAX_ID_LENGTH) return;
  throw new InvalidInputError([{ path: ['id'], message: `May have at most ${MAX_ID_LENGTH} characters.` }]);
}

type Enveloped = ReturnType<Yoga['getEnveloped']>;
type Prepared = ExecutionArgs & { enveloped: Pick<Enveloped, 'execute'> & Partial<Enveloped> };

/** An operation that does nothing. */
const NOTHING = parse('{ __typename }');

/** What answers with why an operation was refused that was not executed. */
const answeredBy = ({ errors }: Refusal): Prepared => ({
  schema,
  document: NOTHING,
  enveloped: { execute: () => ({ errors }) },
});

/** Parses, validates and builds the context as Yoga does for HTTP, so that both answer alike. */
async function prepareOperation(
  enveloped: Enveloped,
  payload: SubscribePayload,
): Promise<Prepared | readonly GraphQLError[]> {
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
  // Not only our half: a client that keeps the other would keep the connection.
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

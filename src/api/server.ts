import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ctx } from '../platform/context.ts';
import type { Log } from '../platform/log.ts';
import { originOf, ownAccess } from './access.ts';
import { graphiqlRoute, wantsGraphiql } from './graphiql.ts';
import { readiness, respondHealth } from './health.ts';
import { MEDIA_PREFIX, mediaRoute } from './media-route.ts';
import { errorPresenter } from './present-error.ts';
import { listen } from './listen.ts';
import type { FanOutLimits } from './live/fan-out.ts';
import { checkBody } from './request-body.ts';
import { refuse } from './respond.ts';
import { openSockets } from './sockets.ts';
import { GRAPHQL_PATH, openYoga } from './yoga.ts';

/** Ours: eight times the longest prompt with every character escaped, so that a longer one still gets its typed error. */
const MAX_BODY_BYTES = 1_000_000;
/** Ours: twice the largest picture, so that a larger one still gets its typed error. */
const MAX_FORM_BYTES = 16_000_000;
/** How long requests in progress may still take at the end. */
const CLOSING_MILLISECONDS = 2_000;

export type ApiOptions = {
  ctx: Ctx;
  /** Loopback address to listen on. */
  host: string;
  /** 0 takes any free one. */
  port: number;
  log: Log;
  /** Sockets at once; more are answered with 503. As many as come without it. */
  maxSockets?: number;
} & FanOutLimits;

export type Api = {
  /** Where it listens: `http://127.0.0.1:4000`. */
  url: string;
  /** Tells load balancers to go elsewhere: `/readyz` and new sockets get 503; requests are still answered. */
  drain(): void;
  /** Ends it: sockets are told "going away", requests in progress may end for a moment and are then cut. */
  close(): Promise<void>;
};

/**
 * Serves the graph (HTTP, WebSocket, GraphiQL), stored files and health checks.
 *
 * @throws {PortInUseError} if another program has the port.
 */
export async function startApi({ ctx, host, port, log, ...limits }: ApiOptions): Promise<Api> {
  const presentError = errorPresenter(log);
  const yoga = openYoga(ctx, presentError, limits);
  const access = ownAccess(host);
  const media = mediaRoute(ctx);
  const draining = new AbortController();
  const ready = readiness(ctx, log, draining.signal);
  const graphiql = graphiqlRoute();

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = access.refuse(request);
    if (refusal) return refuse(response, refusal.status, refusal.message);
    const [pathname = '/'] = (request.url ?? '/').split('?');
    if (pathname.startsWith(MEDIA_PREFIX)) return media(request, response, pathname);
    if (pathname === '/healthz') return respondHealth(response);
    if (pathname === '/readyz') return ready(response);
    if (pathname === '/') return redirect(response, GRAPHQL_PATH);
    if (pathname !== GRAPHQL_PATH)
      return refuse(response, 404, `Nothing is here; the API is at ${GRAPHQL_PATH}.`);
    if (wantsGraphiql(request)) return graphiql(request, response);
    if (checkBody(request, response, { json: MAX_BODY_BYTES, form: MAX_FORM_BYTES })) {
      await yoga(request, response, { origin: originOf(request.headers.host) });
    }
  }

  const server = createServer((request, response) => {
    response.setHeader('X-Request-Id', requestId(request));
    response.setHeader('X-Content-Type-Options', 'nosniff');
    route(request, response).catch((error: unknown) => {
      log.error({ err: error, url: request.url }, 'A request failed.');
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'Something failed on our side.');
    });
  });
  const closeSockets = openSockets({
    server,
    yoga,
    access,
    presentError,
    maxMessageBytes: MAX_BODY_BYTES,
    draining: draining.signal,
    ...limits,
  });
  await listen(server, host, port);

  const shownHost = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shownHost}:${(server.address() as AddressInfo).port}`,
    drain: () => draining.abort(),
    async close() {
      draining.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const cut = setTimeout(() => server.closeAllConnections(), CLOSING_MILLISECONDS);
      await Promise.all([closeSockets(), closed]);
      clearTimeout(cut);
    },
  };
}

const REQUEST_ID = /^[\w.:-]{1,100}$/;

/** The id a proxy or client gave the request, or a new one. */
function requestId({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

function redirect(response: ServerResponse, location: string): void {
  response.statusCode = 302;
  response.setHeader('Location', location);
  response.end();
}

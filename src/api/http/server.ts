import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, BlockList } from 'node:net';
import type { Registry } from 'prom-client';
import type { Admission } from '../../features/api-keys/key-ring.ts';
import { openMediaSigner } from '../../features/assets/media-signer.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Log } from '../../platform/log.ts';
import { type AccessOptions, openAccess } from '../admission/access.ts';
import { readiness } from './health.ts';
import { listen } from './listen.ts';
import type { FanOutLimits } from '../live/fan-out.ts';
import { LiveTally } from '../live/live-tally.ts';
import type { StreamLimits } from '../live/server-sent-events.ts';
import { jobRoute } from './job-route.ts';
import { mediaRoute } from './media-route.ts';
import { apiMetrics, metricsRoute } from './metrics.ts';
import { type PlaceLimits, Places } from '../admission/places.ts';
import { errorPresenter } from '../operations/present-error.ts';
import { Refusals } from '../admission/refusals.ts';
import { refuse } from '../admission/respond.ts';
import { routerOf } from './routes.ts';
import { DocumentCache } from '../operations/document-cache.ts';
import { LargeRequests } from '../operations/large-requests.ts';
import { openSockets } from '../sockets/sockets.ts';
import { resumableRoute } from '../resumable/resumable-route.ts';
import { Uploads, type UploadLimits } from '../uploads/uploads.ts';
import { openYoga } from './yoga.ts';

/** Ours: eight times the longest prompt with every character escaped, so that a longer one still gets its typed error. */
const MAX_BODY_BYTES = 1_000_000;
/** Ours: more than the largest sheet, so that a larger one still gets its typed error. */
const MAX_FORM_BYTES = 60_000_000;
/** How long requests in progress may still take at the end. */
const CLOSING_MILLISECONDS = 2_000;

export type ApiOptions = {
  ctx: Omit<Ctx, 'actor'>;
  /** Who is let in. */
  admission: Admission;
  /** 0 takes any free one. */
  port: number;
  /** How long an idle connection is kept; 65 unless given, longer than load balancers keep theirs. */
  keepAliveSeconds?: number;
  /** How long a request's headers may take; 30 unless given. */
  headersSeconds?: number;
  /** How long all of a request may take to come, a file included; 300 unless given. */
  requestSeconds?: number;
  log: Log;
  /** Networks of proxies whose `X-Forwarded-For` says where a client is. None unless given. */
  trustedProxies?: BlockList;
} & AccessOptions &
  PlaceLimits &
  UploadLimits &
  FanOutLimits &
  Pick<StreamLimits, 'streamPatience'>;

export type Api = {
  /** Where it listens: `http://127.0.0.1:4000`. */
  url: string;
  /** What goes on in it. */
  metrics: Registry;
  /** Tells load balancers to go elsewhere: `/readyz` and new sockets get 503; requests are still answered. */
  drain(): void;
  /** Ends it: sockets are told "going away", requests in progress may end for a moment and are then cut. */
  close(): Promise<void>;
};

/**
 * Serves the graph (HTTP, WebSocket, GraphiQL), stored files, health checks and metrics.
 *
 * @throws {PortInUseError} if another program has the port.
 */
export async function startApi({ ctx, admission, host, port, log, ...options }: ApiOptions): Promise<Api> {
  const presentError = errorPresenter(log);
  const signer = await openMediaSigner(ctx.db);
  const access = openAccess({ host, ...options });
  const [live, refusals, draining] = [new LiveTally(), new Refusals(), new AbortController()];
  const places = new Places(options);
  const hasGuests = (options.allowedOrigins ?? []).length > 0;
  const documents = new DocumentCache();
  const large = new LargeRequests({ documents, presentError, refusals });
  const limited = { places, refusals, documents, large, ...options };
  const yoga = openYoga({ ctx, presentError, signer, hasGuests, tally: live, ...limited });

  const server = createServer(timeoutsOf(options), (request, response) => {
    response.setHeader('X-Request-Id', requestId(request));
    response.setHeader('X-Content-Type-Options', 'nosniff');
    route(request, response).catch((error: unknown) => {
      log.error({ err: error, url: request.url }, 'A request failed.');
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'Something failed on our side.');
    });
  });
  const sockets = openSockets({
    server,
    yoga,
    access,
    admission,
    presentError,
    refusals,
    places,
    large,
    trustedProxies: options.trustedProxies ?? new BlockList(),
    maxMessageBytes: MAX_BODY_BYTES,
    draining: draining.signal,
  });
  const metrics = apiMetrics({ live, refusals, sockets });
  const route = routerOf({
    access,
    admission,
    refusals,
    yoga,
    uploads: new Uploads({ storage: ctx.storage, refusals, ...options }),
    media: mediaRoute({ storage: ctx.storage, signer, admission }),
    jobs: jobRoute({ ctx, signer, admission, access, hasGuests }),
    resumable: resumableRoute(ctx),
    ready: readiness(ctx, log, draining.signal),
    pulse: ctx.pulse,
    metrics: metricsRoute(metrics),
    maxBytes: { json: MAX_BODY_BYTES, form: MAX_FORM_BYTES },
  });
  await listen(server, host, port);

  const shownHost = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shownHost}:${(server.address() as AddressInfo).port}`,
    metrics,
    drain: () => draining.abort(),
    async close() {
      draining.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const cut = setTimeout(() => server.closeAllConnections(), CLOSING_MILLISECONDS);
      await Promise.all([sockets.close(), closed]);
      clearTimeout(cut);
    },
  };
}

/** Node looks whether headers take too long only every so often; ours, so that what is set is what holds. */
const LOOK_MILLISECONDS = 1_000;

const timeoutsOf = (options: Partial<ApiOptions>) => ({
  keepAliveTimeout: (options.keepAliveSeconds ?? 65) * 1_000,
  headersTimeout: (options.headersSeconds ?? 30) * 1_000,
  requestTimeout: (options.requestSeconds ?? 300) * 1_000,
  connectionsCheckingInterval: LOOK_MILLISECONDS,
});

const REQUEST_ID = /^[\w.:-]{1,100}$/;

/** The id a proxy or client gave the request, or a new one. */
function requestId({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

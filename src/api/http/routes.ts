import type { IncomingMessage, ServerResponse } from 'node:http';
import { DomainError } from '../../core/errors.ts';
import type { Admission } from '../../features/api-keys/key-ring.ts';
import type { Pass } from '../../features/api-keys/pass.ts';
import type { Access } from '../admission/access.ts';
import { shareWithGuest } from './cors.ts';
import { keyOfHeaders } from '../admission/credentials.ts';
import { graphiqlRoute, wantsGraphiql } from '../graphiql/graphiql.ts';
import { respondHealth } from './health.ts';
import { JOBS_PREFIX } from '../../features/jobs/results/downloads.ts';
import type { jobRoute } from './job-route.ts';
import { MEDIA_PREFIX, type mediaRoute } from './media-route.ts';
import type { Pulse } from '../../platform/pulse.ts';
import type { Refusals } from '../admission/refusals.ts';
import { type BodyLimits, checkBody, isForm } from '../operations/request-body.ts';
import { refuse } from '../admission/respond.ts';
import type { Uploads } from '../uploads/uploads.ts';
import { RESUMABLE_PREFIX, type resumableRoute } from '../resumable/resumable-route.ts';
import { GRAPHQL_PATH, type Yoga } from './yoga.ts';

type Respond = (response: ServerResponse) => Promise<void>;

export type Routes = {
  access: Access;
  admission: Admission;
  refusals: Refusals;
  yoga: Yoga;
  uploads: Uploads;
  media: ReturnType<typeof mediaRoute>;
  jobs: ReturnType<typeof jobRoute>;
  resumable: ReturnType<typeof resumableRoute>;
  ready: Respond;
  pulse: Pulse;
  metrics: Respond;
  maxBytes: BodyLimits;
};

/**
 * What is where. Health and GraphiQL's page, which hold nothing, are open to all who name the server rightly; a file,
 * and what came of a job, is to those who have its signed address; the graph, uploads and the metrics ask for a key.
 */
export function routerOf(routes: Routes) {
  const { access, refusals, yoga, uploads, media, jobs, resumable, ready, metrics, maxBytes } = routes;
  const graphiql = graphiqlRoute(routes.admission);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refusal = access.refuse(request);
    if (refusal) {
      refusals.count(refusal.reason);
      return refuse(response, refusal.status, refusal.message);
    }
    if (shareWithGuest(access, request, response)) return;
    const [pathname = '/', query] = (request.url ?? '/').split('?');
    const target = { pathname, query: new URLSearchParams(query) };
    if (pathname.startsWith(MEDIA_PREFIX)) return media(request, response, target);
    if (pathname.startsWith(JOBS_PREFIX)) return jobs(request, response, target);
    if (pathname === '/healthz') return respondHealth(routes.pulse, response);
    if (pathname === '/readyz') return ready(response);
    if (pathname === '/') return redirect(response, GRAPHQL_PATH);
    const isUpload = pathname.startsWith(RESUMABLE_PREFIX);
    if (pathname !== GRAPHQL_PATH && pathname !== '/metrics' && !isUpload)
      return refuse(response, 404, `Nothing is here; the API is at ${GRAPHQL_PATH}.`);
    if (pathname === GRAPHQL_PATH && wantsGraphiql(request)) return graphiql(request, response);
    const pass = await admit(routes, request, response);
    if (!pass) return;
    if (isUpload) return resumable(request, response, { pathname, actor: pass.actor });
    if (pathname === '/metrics') return metrics(response);
    if (!checkBody(request, response, maxBytes)) return;
    const transport = { origin: access.originOf(request.headers), pass };
    if (!isForm(request)) return yoga(request, response, transport);
    await uploads.take(request, response, async (upload) =>
      yoga(request, response, { ...transport, upload }),
    );
  };
}

/** @returns null if the request was refused, and has been answered. */
async function admit(
  { admission, refusals }: Routes,
  { headers }: IncomingMessage,
  response: ServerResponse,
): Promise<Pass | null> {
  try {
    return await admission.admit(keyOfHeaders(headers));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    refusals.count('key');
    // What is on its way is not read.
    response.setHeader('Connection', 'close');
    response.setHeader('WWW-Authenticate', 'Bearer realm="vidpipe"');
    refuse(response, 401, error.message, error.code);
    return null;
  }
}

function redirect(response: ServerResponse, location: string): void {
  response.statusCode = 302;
  response.setHeader('Location', location);
  response.end();
}

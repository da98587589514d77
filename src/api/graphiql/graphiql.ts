import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { Admission } from '../../features/api-keys/key-ring.ts';
import { askForKey, carryKey, HELD_TABS, KEY_PLACE } from './graphiql-page.ts';
import { graphiqlTabs } from './graphiql-tabs.ts';

/** Whether a person's browser asks for the page rather than a client for data. */
export const wantsGraphiql = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' && (headers.accept?.includes('text/html') ?? false);

/** Holds the page to this server: whatever its scripts try, nothing reaches another one. */
const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' blob:",
  "style-src 'unsafe-inline'",
  'worker-src blob:',
  "img-src 'self' data:",
  "media-src 'self'",
  'font-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** How the page subscribes: its header editor reaches no socket. */
type Protocol = 'WS' | 'SSE';

/**
 * Serves GraphiQL, scripts and all in one page; it is compressed once, at the first visit.
 *
 * @param admission tells whether the page must be able to carry a key.
 */
export function graphiqlRoute(admission: Pick<Admission, 'anybody'>) {
  const pages = new Map<Protocol, ReturnType<typeof renderPage>>();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const protocol = admission.anybody ? 'WS' : 'SSE';
    const page = pages.get(protocol) ?? renderPage(protocol);
    pages.set(protocol, page);
    const { etag, compressed } = await page;
    response.setHeader('ETag', etag);
    response.setHeader('Vary', 'Accept');
    response.setHeader('Cache-Control', 'private, no-cache');
    response.setHeader('Content-Security-Policy', POLICY);
    if (request.headers['if-none-match'] === etag) {
      response.statusCode = 304;
      response.end();
      return;
    }
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Content-Encoding', 'gzip');
    response.end(compressed);
  };
}

/** Runs functions in the page, in this order; those that take it are told where the key is kept. */
const scriptOf = (...functions: ((place: string) => void)[]) =>
  `<script>${functions.map((each) => `(${String(each)})(${JSON.stringify(KEY_PLACE)});`).join('\n')}</script>`;

async function renderPage(subscriptionsProtocol: Protocol) {
  // The page is a text of 9 MB, which most servers are never asked for.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const rendered = renderGraphiQL({
    title: 'vidpipe',
    subscriptionsProtocol,
    defaultTabs: graphiqlTabs,
    shouldPersistHeaders: false,
  });
  const script = scriptOf(carryKey, ...(subscriptionsProtocol === 'SSE' ? [askForKey] : []));
  const html = rendered.replace('<head>', () => `<head><style>${HELD_TABS}</style>${script}`);
  const compressed = await promisify(gzip)(html, { level: constants.Z_BEST_SPEED });
  return { compressed, etag: `"${createHash('sha256').update(html).digest('base64url')}"` };
}

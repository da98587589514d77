import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Access } from './access.ts';

/** Headers that pages may send beside the ones that need no leave. */
const HEADERS = 'Authorization, Content-Type, Last-Event-ID, Range, X-Request-Id';
const EXPOSED = 'Accept-Ranges, Content-Length, Content-Range, ETag, X-Request-Id';
/** How long a browser need not ask again; the longest that Chromium heeds. */
const KEPT_SECONDS = 7_200;

/**
 * Lets a page of an allowed origin read what it is answered. No cookies: a key is sent in a header.
 *
 * @returns whether the request was the browser's question for leave, and has been answered.
 */
export function shareWithGuest(access: Access, request: IncomingMessage, response: ServerResponse): boolean {
  const guest = access.guestOf(request.headers);
  if (guest === undefined) return false;
  response.setHeader('Access-Control-Allow-Origin', guest);
  response.setHeader('Access-Control-Expose-Headers', EXPOSED);
  response.appendHeader('Vary', 'Origin');
  if (request.method !== 'OPTIONS') return false;
  response.setHeader('Access-Control-Allow-Methods', 'GET, HEAD, POST');
  response.setHeader('Access-Control-Allow-Headers', HEADERS);
  response.setHeader('Access-Control-Max-Age', KEPT_SECONDS);
  response.statusCode = 204;
  response.end();
  return true;
}

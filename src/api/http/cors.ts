import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Access } from '../admission/access.ts';

/** Whatever a client of GraphQL, events or files sends and reads: an allowed page may. Only this one must be named. */
const HEADERS = '*, Authorization';
/** All of them, for no answer depends on a cookie. */
const EXPOSED = '*';
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
  response.setHeader('Access-Control-Allow-Methods', 'GET, HEAD, POST, PATCH, DELETE');
  response.setHeader('Access-Control-Allow-Headers', HEADERS);
  response.setHeader('Access-Control-Max-Age', KEPT_SECONDS);
  response.statusCode = 204;
  response.end();
  return true;
}

/**
 * Requests over Node's own HTTP client. Not by `fetch`: where a connection ends while a body is held back, the undici of
 * Node 24 throws past every handler and ends the process. And a connection a request: of one that was kept and closed
 * meanwhile nobody could say whether the request on it arrived.
 */
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { TLSSocket } from 'node:tls';
import { agentsThrough } from '../../platform/outbound/environment-proxy.ts';
import { tapAnswer } from './exchanges.ts';

/** Between two signs of life on a connection that waits; ours, less than routers take for dead. Milliseconds. */
const KEEP_ALIVE_MS = 20_000;

/** Longest that a connection may take to come about, TLS included; ours. A request has not gone out before. Milliseconds. */
const CONNECTING_MS = 30_000;

/** Keep no connection. */
const agents = agentsThrough();

export type Sending = Pick<RequestOptions, 'method' | 'headers' | 'signal'> & {
  body?: Buffer | undefined;
  /** Told before the first byte of the request goes out; never, where no connection comes about. */
  onConnected?: () => void;
};

/** Sends a request, and resolves once the answer's head is there; whatever fails later, its stream tells. */
export function send(
  address: string | URL,
  { body, onConnected, ...options }: Sending,
): Promise<IncomingMessage> {
  const url = new URL(address);
  const [open, agent] = url.protocol === 'http:' ? [requestHttp, agents.http] : [requestHttps, agents.https];
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const request = open(url, { ...options, agent }, (answer) => {
      tapAnswer({ method: options.method ?? 'GET', url: url.href, body, begun }, answer);
      resolve(answer);
    });
    // An answer may be a long time coming, and what lies between forgets a connection on which nothing is said.
    request.setSocketKeepAlive(true, KEEP_ALIVE_MS);
    const slow = setTimeout(() => request.destroy(new Error(TOO_SLOW)), CONNECTING_MS);
    const stop = () => clearTimeout(slow);
    request.once('socket', (socket) =>
      onceConnected(socket, () => {
        stop();
        onConnected?.();
      }),
    );
    request.once('close', stop);
    request.once('error', reject);
    request.end(body);
  });
}

const TOO_SLOW = `no connection came about in ${CONNECTING_MS / 1_000} s`;

/** What is written to a socket waits in this process until then; a certificate that does not hold ends it before. */
function onceConnected(socket: Socket & { secureConnecting?: boolean }, tell: () => void): void {
  // Through a proxy it comes connected.
  if (!socket.connecting && socket.secureConnecting !== true) tell();
  else socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', tell);
}

/** Sends a request that was meant for `fetch`. Follows no redirect: that would be a second sending. */
export async function sendAsked(
  asked: Request,
  { signal, onConnected }: Required<Pick<Sending, 'signal' | 'onConnected'>>,
): Promise<IncomingMessage> {
  const body = asked.body === null ? undefined : Buffer.from(await asked.arrayBuffer());
  const headers = Object.fromEntries(asked.headers);
  if (body) headers['content-length'] = String(body.length);
  return send(asked.url, { method: asked.method, headers, signal, body, onConnected });
}

/** An answer read to its end. */
export async function toResponse(answer: IncomingMessage): Promise<Response> {
  const whole = await buffer(answer);
  const { statusCode: status = 0, statusMessage: statusText = '' } = answer;
  const isEmpty = status === 204 || status === 304;
  return new Response(isEmpty ? null : whole, { status, statusText, headers: headersOf(answer) });
}

/** The head of an answer. */
export const headersOf = ({ headers }: IncomingMessage): Headers =>
  new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)]));

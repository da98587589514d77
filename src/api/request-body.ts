import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuse } from './respond.ts';

/** What GraphQL requests are sent as. Others, as a form's, need no permission to come from any page. */
const JSON_TYPE = /^application\/(graphql\+)?json\s*(;|$)/i;

/**
 * Refuses a body by its headers, before a byte of it is read.
 *
 * @returns whether the request may go on; if not, it has been answered.
 */
export function checkBody(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  maxBytes: number,
): boolean {
  if (method !== 'POST') return true;
  if (!JSON_TYPE.test(headers['content-type'] ?? '')) {
    refuse(response, 415, 'Send the request as application/json.');
    return false;
  }
  if (headers['content-length'] === undefined) {
    refuse(response, 411, 'Say the length of the body in Content-Length.');
    return false;
  }
  if (Number(headers['content-length']) <= maxBytes) return true;
  // What is on its way is not read; the connection cannot be used again.
  response.setHeader('Connection', 'close');
  refuse(response, 413, `The body may have at most ${maxBytes} bytes.`);
  return false;
}

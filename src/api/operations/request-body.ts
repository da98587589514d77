import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuse } from '../admission/respond.ts';

/** What GraphQL requests are sent as. Others, as a form's, need no permission to come from any page. */
export const JSON_TYPE = /^application\/(graphql\+)?json\s*(;|$)/i;
/** A request with a file. */
const FORM_TYPE = /^multipart\/form-data\s*;/i;
/** No form sets it, and a page of another origin needs permission to: by the name that upload clients know. */
const PREFLIGHT = 'apollo-require-preflight';

/** Bytes of a body, by what it is. */
export type BodyLimits = { json: number; form: number };

/**
 * Refuses a body by its headers, before a byte of it is read.
 *
 * @returns whether the request may go on; if not, it has been answered.
 */
export function checkBody(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  limits: BodyLimits,
): boolean {
  if (method !== 'POST') return true;
  const maxBytes = limitOf(headers, limits);
  if (maxBytes === null) {
    const message = `Send the request as application/json; one with a file as multipart/form-data, with the header ${PREFLIGHT}.`;
    refuse(response, 415, message);
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

/** Whether a request that {@link checkBody} let go on has a file. */
export const isForm = ({ method, headers }: IncomingMessage): boolean =>
  method === 'POST' && FORM_TYPE.test(headers['content-type'] ?? '');

/** Null for what is not read at all. */
function limitOf(headers: IncomingMessage['headers'], { json, form }: BodyLimits): number | null {
  const type = headers['content-type'] ?? '';
  if (JSON_TYPE.test(type)) return json;
  return FORM_TYPE.test(type) && headers[PREFLIGHT] !== undefined ? form : null;
}

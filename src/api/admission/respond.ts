import type { ServerResponse } from 'node:http';
import type { ErrorCode } from '../../core/errors.ts';

/** Answers with a JSON body. */
export function respondJson(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.end(JSON.stringify(body));
}

/** Answers with an error in GraphQL's form, which every client of this server reads. */
export const refuse = (response: ServerResponse, status: number, message: string, code?: ErrorCode): void =>
  respondJson(response, status, { errors: [{ message, ...(code && { extensions: { code } }) }] });

/** Answers with bytes that are all known beforehand, or with the range of them that is asked for. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { refuse } from '../admission/respond.ts';
import type { ByteRange } from '../../platform/storage/storage.ts';
import { isPreconditionFailed, isUnchanged, type Known, rangeOf } from './conditional-request.ts';

export type Served = Known & {
  contentType: string;
  /** Whole without a range. */
  read: (range?: ByteRange) => Promise<Readable>;
};

/** As RFC 9110 has it, conditions and ranges included; headers that say more are the caller's. */
export async function serveBytes(
  served: Served,
  { headers, method }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { etag, sizeBytes, contentType, read } = served;
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('ETag', etag);
  if (isPreconditionFailed(headers, served)) return refuse(response, 412, 'The file is another one by now.');
  if (isUnchanged(headers, served)) {
    response.statusCode = 304;
    response.end();
    return;
  }
  const range = rangeOf(headers, served);
  if (range === 'UNSATISFIABLE') {
    response.setHeader('Content-Range', `bytes */${sizeBytes}`);
    return refuse(response, 416, 'No such range.');
  }
  const { start, end } = range ?? { start: 0, end: sizeBytes - 1 };
  if (range) {
    response.statusCode = 206;
    response.setHeader('Content-Range', `bytes ${start}-${end}/${sizeBytes}`);
  }
  response.setHeader('Content-Type', contentType);
  response.setHeader('Content-Length', end - start + 1);
  if (method === 'HEAD' || sizeBytes === 0) {
    response.end();
    return;
  }
  await sendTo(response, await read(range ?? undefined));
}

/** Sends as fast as the client takes it. One that hangs up is no failure: a player that seeks needs no more. */
export async function sendTo(response: ServerResponse, body: Readable): Promise<void> {
  await pipeline(body, response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import send from 'send';
import type { Ctx } from '../platform/context.ts';
import { refuse } from './respond.ts';

export const MEDIA_PREFIX = '/media/';

/** A plain segment of a storage key: no dot in front, so neither `..` nor a hidden file. */
const SEGMENT = /^[\w-][\w.-]*$/;

/** Serves stored files of the actor's workspace with ranges, ETag and content types; anything else is 404. */
export function mediaRoute({ actor, storage }: Pick<Ctx, 'actor' | 'storage'>) {
  return (request: IncomingMessage, response: ServerResponse, pathname: string): void => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return refuse(response, 405, 'Files can only be read.');
    }
    const segments = pathname.slice(MEDIA_PREFIX.length).split('/');
    if (segments[0] !== actor.workspaceId || !segments.every((segment) => SEGMENT.test(segment))) {
      return refuse(response, 404, 'No such file.');
    }
    // Files never change under their key, yet a deleted one must not come out of a cache.
    response.setHeader('Cache-Control', 'private, no-cache');
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    send(request, segments.join('/'), {
      root: storage.root,
      dotfiles: 'deny',
      index: false,
      cacheControl: false,
    })
      .on('directory', () => refuse(response, 404, 'No such file.'))
      .on('error', (error: SendError) => {
        for (const [name, value] of Object.entries(error.headers ?? {})) response.setHeader(name, value);
        refuse(
          response,
          error.status === 416 ? 416 : 404,
          error.status === 416 ? 'No such range.' : 'No such file.',
        );
      })
      .pipe(response);
  };
}

type SendError = Error & { status: number; headers?: Record<string, string> };

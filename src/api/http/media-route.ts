import type { IncomingMessage, ServerResponse } from 'node:http';
import mime from 'mime';
import type { Admission } from '../../features/api-keys/key-ring.ts';
import type { MediaSigner } from '../../features/assets/media-signer.ts';
import { isForWantOfStorage } from '../../platform/storage/storage-away.ts';
import type { ByteRange, Storage, StoredFile } from '../../platform/storage/storage.ts';
import { refuse } from '../admission/respond.ts';
import { serveBytes } from './serve-bytes.ts';

export const MEDIA_PREFIX = '/media/';

/** What a request asks for. */
export type Target = { pathname: string; query: URLSearchParams };

/** A plain segment of a storage key: no dot in front, so neither `..` nor a hidden file. */
const SEGMENT = /^[\w-][\w.-]*$/;

type Options = {
  storage: Storage;
  signer: MediaSigner;
  /** Whose files open without a signed address, while no key is asked for. */
  admission: Pick<Admission, 'anybody'>;
};

/**
 * Serves stored files with ranges, ETag and content types: by an address that the graph gave and that was signed for
 * the file, or to anybody where no key is asked for. An address that has expired is 403, one whose
 * storage is away 503, anything else 404.
 */
export function mediaRoute({ storage, signer, admission }: Options) {
  return async (
    request: IncomingMessage,
    response: ServerResponse,
    { pathname, query }: Target,
  ): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return refuse(response, 405, 'Files can only be read.');
    }
    const segments = pathname.slice(MEDIA_PREFIX.length).split('/');
    const key = segments.join('/');
    if (!segments.every((segment) => SEGMENT.test(segment))) return refuse(response, 404, 'No such file.');
    const worth = signer.judge(key, query);
    if (worth !== 'VALID' && segments[0] !== admission.anybody?.workspaceId) {
      if (worth === 'FORGED') return refuse(response, 404, 'No such file.');
      return refuse(response, 403, 'The address has expired; ask the graph for it again.');
    }
    // Who has a signed address may show the file on a page from anywhere.
    response.setHeader('Cross-Origin-Resource-Policy', worth === 'VALID' ? 'cross-origin' : 'same-origin');
    const file = await storage.stat(key).catch(tellIfAway);
    if (file === 'AWAY') return refuse(response, 503, 'The storage is away; come back later.');
    if (!file) return refuse(response, 404, 'No such file.');
    describe(file, response);
    const contentType = mime.getType(key) ?? 'application/octet-stream';
    const read = (range?: ByteRange) => storage.read(key, range);
    return serveBytes({ ...file, contentType, read }, request, response);
  };
}

/** Whoever asks for a film is told that it is not to be had now; what is the matter, those who run the server see in `/readyz`. */
function tellIfAway(error: unknown): 'AWAY' {
  if (isForWantOfStorage(error)) return 'AWAY';
  throw error;
}

function describe({ modifiedAt }: StoredFile, response: ServerResponse): void {
  // Files never change under their key, yet a deleted one must not come out of a cache.
  response.setHeader('Cache-Control', 'private, no-cache');
  response.setHeader('Last-Modified', modifiedAt.toUTCString());
}

/** Uploads in pieces over HTTP: the protocol tus 1.0.0, for uploads that the graph announced. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Server } from '@tus/server';
import { validate } from 'uuid';
import { UPLOADS_PATH } from '../../features/ingests/upload/upload-address.ts';
import { visibleUploads } from '../../features/ingests/upload/upload.ts';
import { LIVE_STATUSES } from '../../features/runs/run-state.ts';
import type { Actor, Ctx } from '../../platform/context.ts';
import { refuse } from '../admission/respond.ts';
import { withChecksum } from './asked-checksum.ts';
import { CHECKSUM_ALGORITHMS, type Checksum, readChecksum } from './checksum.ts';
import { pieceStore, type PieceStore } from './piece-store.ts';
import { Refused } from './refused.ts';

export const RESUMABLE_PREFIX = `${UPLOADS_PATH}/`;

type Doing = Pick<Ctx, 'db' | 'storage'>;
type Target = { pathname: string; actor: Actor };

const METHODS = ['HEAD', 'PATCH', 'DELETE', 'OPTIONS'];
/** How long a request goes on once another wants the upload; ours. What came until then is kept. */
const DRAIN_MILLISECONDS = 1_000;

/**
 * Takes pieces, tells how many bytes are here, and ends uploads. What was sent is never handed out, and nothing is made
 * here: `createUpload` does that.
 */
export function resumableRoute(ctx: Doing) {
  const store = pieceStore(ctx);
  const tus = new Server({
    path: UPLOADS_PATH,
    datastore: store.datastore,
    locker: store.locker,
    lockDrainTimeout: DRAIN_MILLISECONDS,
    getFileIdFromRequest: (_request, id) => (id === undefined ? undefined : store.idOf(id)),
    // Pages of other origins are refused, or let in, before they get here.
    allowedOrigins: [],
    exposedHeaders: ['*'],
  });
  return async (request: IncomingMessage, response: ServerResponse, target: Target): Promise<void> => {
    try {
      const checksum = await admitted(ctx, store, request, target);
      if (request.method === 'OPTIONS')
        response.setHeader('Tus-Checksum-Algorithm', CHECKSUM_ALGORITHMS.join(','));
      await withChecksum(checksum, () => tus.handle(request, response));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // What is on its way is not read.
      response.setHeader('Connection', 'close');
      if (error.status_code === 405) response.setHeader('Allow', METHODS.join(', '));
      refuse(response, error.status_code, error.message);
    }
  };
}

/** @throws {Refused} */
async function admitted(
  ctx: Doing,
  store: PieceStore,
  request: IncomingMessage,
  target: Target,
): Promise<Checksum | null> {
  const { method = '', headers } = request;
  if (!METHODS.includes(method))
    throw new Refused(405, 'Uploads are only sent here; announce one by createUpload.');
  const id = target.pathname.slice(RESUMABLE_PREFIX.length);
  if (!validate(id)) throw gone();
  const where = { id, ...visibleUploads(target.actor) };
  const upload = await ctx.db.upload.findFirst({ where });
  // In other letters it would be another folder.
  if (upload?.id !== id) throw gone();
  if (method === 'DELETE' && (await isInUse(ctx, id)))
    throw new Refused(409, 'The upload is being brought in; cancel the run first.');
  await store.prepare(id);
  return method === 'PATCH' ? readChecksum(headers['upload-checksum']) : null;
}

const gone = () => new Refused(404, 'No such upload; it may have expired.');

async function isInUse({ db }: Doing, uploadId: string): Promise<boolean> {
  const live = { status: { in: [...LIVE_STATUSES] } };
  return (await db.ingest.count({ where: { uploadId, runs: { some: live } } })) > 0;
}

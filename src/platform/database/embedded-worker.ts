/** Thread that owns PGlite: takes wire-protocol bytes, gives wire-protocol bytes. */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import type { Answer, Request } from './embedded-thread.ts';

const port = parentPort!;
const { directory } = workerData as { directory: string };
const answer = (message: Answer, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

const lite = await PGlite.create(directory, {
  // Words that were typed wrong are found by it.
  extensions: { pg_trgm },
  startParams: [
    ...PGlite.defaultStartParams,
    '-c',
    'shared_buffers=32MB',
    '-c',
    'min_wal_size=32MB',
    '-c',
    'max_wal_size=64MB',
    '-c',
    'TimeZone=UTC',
  ],
});

async function handle({ id, ...request }: Request): Promise<void> {
  if (request.kind === 'bytes') {
    await lite.execProtocolRawStream(request.bytes, {
      onRawData: (data) => {
        const copy = data.slice();
        answer({ id, kind: 'data', data: copy }, [copy.buffer]);
      },
    });
  }
  if (request.kind === 'reset') {
    // The one session outlives its client: leave nothing behind for the next.
    if (lite.isInTransaction()) await lite.exec('ROLLBACK');
    await lite.exec('DISCARD ALL');
  }
  if (request.kind === 'close') await lite.close();
  answer({ id, kind: 'done' });
  if (request.kind === 'close') port.close();
}

let last: Promise<void> = Promise.resolve();
port.on('message', (request: Request) => {
  last = last
    .then(() => handle(request))
    .catch((error: unknown) => answer({ id: request.id, kind: 'failed', message: String(error) }));
});
answer({ id: 0, kind: 'done' });

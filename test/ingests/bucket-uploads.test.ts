/** Uploads where files are kept in a bucket: any machine takes the next piece. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { BLOCK_BYTES } from '../../src/features/ingests/upload/block-file.ts';
import { blocksOf, countBlocks, LeaseLost } from '../../src/features/ingests/upload/blocks.ts';
import { renewLease, takeLease } from '../../src/features/ingests/upload/lease.sql.ts';
import { placeOfUploads } from '../../src/features/ingests/upload/place-of-uploads.ts';
import { createUpload } from '../../src/features/ingests/upload/upload.ts';
import { ingestVideo } from '../../src/features/pipelines/ingest/ingest-video.ts';
import { clearUploads } from '../../src/features/upkeep/old-uploads.ts';
import { reconcileFiles } from '../../src/features/upkeep/reconcile-files.ts';
import { openLog } from '../../src/platform/log.ts';
import { isForWantOfStorage } from '../../src/platform/storage/storage-away.ts';
import { startWorker } from '../../src/worker/worker.ts';
import { makeNumbered } from '../media/support/numbered.ts';
import { runEnd } from '../support/run-end.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { useMachines } from './support/two-machines.ts';

const at = useMachines();
afterEach(async () => {
  at.front.letThrough();
  await at.platform.db.upload.deleteMany();
  await at.third.storage.remove(...(await partsInBucket()));
});

const announce = async (sizeBytes: number): Promise<string> =>
  (await createUpload(at.platform.ctx, { fileName: 'talk.mp4', sizeBytes, idempotencyKey: null })).id;

const [FIRST, SECOND] = [0, 1] as const;
type Which = typeof FIRST | typeof SECOND;
const urlOf = (which: Which, id: string) => `${at.urls[which]}/uploads/${id}`;
const TUS = { 'tus-resumable': '1.0.0' };
const PIECE = { ...TUS, 'content-type': 'application/offset+octet-stream' };

async function send(which: Which, id: string, offset: number, bytes: Buffer, checksum?: string) {
  const headers = {
    ...PIECE,
    'upload-offset': String(offset),
    ...(checksum !== undefined && { 'upload-checksum': checksum }),
  };
  const response = await fetch(urlOf(which, id), { method: 'PATCH', headers, body: new Uint8Array(bytes) });
  return response.status;
}

async function offsetAt(which: Which, id: string): Promise<number> {
  const response = await fetch(urlOf(which, id), { method: 'HEAD', headers: TUS });
  return Number(response.headers.get('upload-offset'));
}

/** Begins a piece of so many bytes, and sends the first of them. */
function begin(which: Which, id: string, length: number, first: Buffer) {
  const headers = { ...PIECE, 'upload-offset': '0', 'content-length': String(length) };
  const request = httpRequest(urlOf(which, id), { method: 'PATCH', headers });
  request.on('error', () => {});
  request.write(first);
  return request;
}

const hasHolder = async (id: string) =>
  (await at.platform.db.upload.findUniqueOrThrow({ where: { id } })).heldBy !== null;

/** What the storage has of an upload. */
async function bytesOf(id: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (const { filePath } of await blocksOf(at.platform.db, id))
    parts.push(await buffer(await at.third.storage.read(filePath)));
  return Buffer.concat(parts);
}

async function partsInBucket(): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of at.third.storage.list('')) if (key.endsWith('.part')) found.push(key);
  return found.toSorted();
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest();

describe('pieces', () => {
  test(
    'taken in turn are one film, which a worker of a third machine brings in',
    { tags: 'long' },
    async () => {
      const { db, ctx } = at.platform;
      const small = { frames: 75, frameRate: { num: 25, den: 1 }, width: 640, height: 360 };
      const [file = ''] = await makeNumbered(temporaryFolder('film'), { name: 'talk.mp4', ...small });
      const film = await readFile(file);
      const id = await announce(film.length);
      const length = Math.ceil(film.length / 5);
      for (let offset = 0, nth = 0; offset < film.length; offset += length, nth += 1) {
        const piece = film.subarray(offset, offset + length);
        expect(await send(nth % 2 === 0 ? FIRST : SECOND, id, offset, piece)).toBe(204);
      }
      // Small pieces become one block, and what it was made of goes.
      expect(await partsInBucket()).toHaveLength(1);
      const uploadId = encodeGlobalId('Upload', id);
      const { run } = await ingestVideo(ctx, { title: 'A talk', uploadId, idempotencyKey: null });
      const worker = await startWorker(at.third, { concurrency: 2, log: openLog('fatal') });
      expect(await runEnd(ctx, run.id)).toMatchObject({ status: 'COMPLETED', errorMessage: null });
      await worker.close();
      const video = await db.video.findFirstOrThrow({ where: { ingests: { some: { uploadId: id } } } });
      expect(video.sha256).toBe(sha256(film).toString('hex'));
      expect(await clearUploads(ctx)).toBe(1);
      expect(await partsInBucket()).toEqual([]);
    },
  );

  test('lie in blocks, and are there byte for byte', async () => {
    const bytes = randomBytes(2 * BLOCK_BYTES + 70_000);
    const id = await announce(bytes.length);
    expect(await send(FIRST, id, 0, bytes.subarray(0, BLOCK_BYTES + 50_000))).toBe(204);
    expect(await offsetAt(SECOND, id)).toBe(BLOCK_BYTES + 50_000);
    expect(await send(SECOND, id, BLOCK_BYTES + 50_000, bytes.subarray(BLOCK_BYTES + 50_000))).toBe(204);
    expect((await blocksOf(at.platform.db, id)).map(({ sizeBytes }) => sizeBytes)).toEqual([
      BLOCK_BYTES,
      BLOCK_BYTES,
      70_000,
    ]);
    expect((await bytesOf(id)).equals(bytes)).toBe(true);
    expect(await send(FIRST, id, 5, Buffer.alloc(1))).toBe(409);
  });

  test('of which the line is cut keep what came', async () => {
    const bytes = randomBytes(300_000);
    const id = await announce(bytes.length);
    const cut = begin(FIRST, id, bytes.length, bytes.subarray(0, 200_000));
    await expect.poll(() => hasHolder(id)).toBe(true);
    // Another one asks the first to end with what it has.
    expect(await offsetAt(SECOND, id)).toBe(200_000);
    cut.destroy();
    expect(await send(SECOND, id, 200_000, bytes.subarray(200_000))).toBe(204);
    expect((await bytesOf(id)).equals(bytes)).toBe(true);
  });

  test('count with the right checksum alone, and leave nothing with a wrong one', async () => {
    const bytes = randomBytes(BLOCK_BYTES + 10);
    const id = await announce(bytes.length);
    expect(await send(FIRST, id, 0, bytes.subarray(0, 5))).toBe(204);
    const before = await partsInBucket();
    const rest = bytes.subarray(5);
    const right = `sha256 ${sha256(rest).toString('base64')}`;
    expect(await send(SECOND, id, 5, Buffer.from(rest).fill(1), right)).toBe(460);
    expect(await offsetAt(FIRST, id)).toBe(5);
    expect(await partsInBucket()).toEqual(before);
    expect(await send(SECOND, id, 5, rest, right)).toBe(204);
    expect((await bytesOf(id)).equals(bytes)).toBe(true);
  });

  test('of a process that has died are waited for no longer than its lease', async () => {
    const id = await announce(10);
    const dead = { id, holder: randomUUID() };
    expect(await takeLease(at.platform.db, dead)).toBe('TAKEN');
    const asking = send(SECOND, id, 0, Buffer.alloc(10));
    await expect.poll(async () => (await renewLease(at.platform.db, dead))?.isWanted).toBe(true);
    await at.platform.db.upload.update({ where: { id }, data: { heldUntil: new Date(0) } });
    expect(await asking).toBe(204);
    // It was only stopped, and goes on: nothing of it counts, and nothing is in its way.
    expect(await renewLease(at.platform.db, dead)).toBeNull();
    const late = { firstByte: 10n, sizeBytes: 5, filePath: 'nowhere' };
    await expect(countBlocks(at.platform.ctx, dead, [late])).rejects.toThrow(LeaseLost);
    expect(await offsetAt(FIRST, id)).toBe(10);
  });
});

describe('a bucket that refuses', () => {
  test('has clients come back, and they go on', async () => {
    const bytes = randomBytes(2 * BLOCK_BYTES);
    const id = await announce(bytes.length);
    expect(await send(FIRST, id, 0, bytes.subarray(0, BLOCK_BYTES))).toBe(204);
    at.front.refuse();
    expect(await send(SECOND, id, BLOCK_BYTES, bytes.subarray(BLOCK_BYTES))).toBe(503);
    expect(await offsetAt(SECOND, id)).toBe(BLOCK_BYTES);
    at.front.letThrough();
    expect(await send(SECOND, id, BLOCK_BYTES, bytes.subarray(BLOCK_BYTES))).toBe(204);
    expect((await bytesOf(id)).equals(bytes)).toBe(true);
  });

  test('is waited for by the run, which goes on after the blocks that it has', async () => {
    const film = await readFile(path.resolve('test/db/support/main-43c940c/film.mp4'));
    const bytes = Buffer.concat([film, randomBytes(9 * BLOCK_BYTES)]);
    const id = await announce(bytes.length);
    expect(await send(FIRST, id, 0, bytes)).toBe(204);
    const toFile = path.join(temporaryFolder('incoming'), 'whole');
    const { signal } = new AbortController();
    const take = (onProgress: (share: number) => void) =>
      placeOfUploads(at.third).take(id, { toFile, signal, onProgress });
    const refused = await take(() => at.front.refuse()).catch((error: unknown) => error);
    expect(isForWantOfStorage(refused)).toBe(true);
    at.front.letThrough();
    const shares: number[] = [];
    await take((share) => shares.push(share));
    expect(shares).toEqual([1]);
    expect((await readFile(toFile)).equals(bytes)).toBe(true);
  });
});

test('what is no film is refused, as what is gone', async () => {
  const id = await announce(10);
  await send(FIRST, id, 0, Buffer.from('#EXTM3U\nab'));
  const toFile = path.join(temporaryFolder('incoming'), 'whole');
  const { signal } = new AbortController();
  const take = () => placeOfUploads(at.third).take(id, { toFile, signal, onProgress: () => {} });
  await expect(take()).rejects.toMatchObject({
    code: 'SOURCE_FAILED',
    message: expect.stringMatching('HLS'),
  });
  for (const { filePath } of await blocksOf(at.platform.db, id)) await at.third.storage.remove(filePath);
  await expect(take()).rejects.toMatchObject({
    code: 'SOURCE_FAILED',
    message: expect.stringMatching('gone'),
  });
});

describe('removal', () => {
  test('by its sender takes row and blocks', async () => {
    const id = await announce(10);
    await send(FIRST, id, 0, Buffer.alloc(4));
    expect((await fetch(urlOf(SECOND, id), { method: 'DELETE', headers: TUS })).status).toBe(204);
    expect(await at.platform.db.upload.count({ where: { id } })).toBe(0);
    expect(await partsInBucket()).toEqual([]);
    expect((await fetch(urlOf(FIRST, id), { method: 'HEAD', headers: TUS })).status).toBe(404);
  });

  test('by upkeep takes what is old and nobody has', async () => {
    const { db, ctx } = at.platform;
    const [old, held, young] = [await announce(10), await announce(10), await announce(10)];
    for (const id of [old, held, young]) await send(FIRST, id, 0, Buffer.alloc(4));
    const touchedAt = new Date(Date.now() - 25 * 3_600_000);
    await db.upload.updateMany({ where: { id: { in: [old, held] } }, data: { touchedAt } });
    await takeLease(db, { id: held, holder: randomUUID() });
    expect(await clearUploads(ctx)).toBe(1);
    const kept = await db.upload.findMany({ select: { id: true }, orderBy: { id: 'asc' } });
    expect(kept).toEqual([{ id: held }, { id: young }]);
    expect(await partsInBucket()).toHaveLength(2);
  });

  test('of strays leaves the blocks of uploads, and takes what came of none', async () => {
    const { ctx, db } = at.platform;
    const [id, gone] = [await announce(10), await announce(10)];
    for (const each of [id, gone]) await send(FIRST, each, 0, Buffer.alloc(4));
    // As where a process died between a row and its files.
    await db.upload.delete({ where: { id: gone } });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await reconcileFiles(ctx, { olderThanMilliseconds: 0 })).toEqual({ removed: 1, lost: 0 });
    expect(await partsInBucket()).toEqual((await blocksOf(db, id)).map(({ filePath }) => filePath));
  });
});

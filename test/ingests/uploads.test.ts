/** Uploads in pieces, over a real server with keys. */
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decodeGlobalId } from '../../src/core/ids.ts';
import { uploadOnDisk } from './support/upload-on-disk.ts';
import { clearUploads } from '../../src/features/upkeep/old-uploads.ts';
import { type Key, useKeyedApi } from '../api/support/keys.ts';
import { sendUpload } from './support/send-upload.ts';

const MOST_BYTES = 5_000_000;
const api = useKeyedApi({ ingest: { folder: null, mostBytes: MOST_BYTES } });
let ours: Key;
let theirs: Key;
beforeAll(async () => {
  ours = await api.newKey();
  theirs = await api.newKey({ workspace: 'Theirs' });
});
beforeEach(async () => {
  await api.db.upload.deleteMany();
});

type Told = {
  code?: string;
  path?: string[];
  message?: string;
  issues?: { path: string[]; message: string }[];
  upload?: { id: string; url: string; receivedBytes: number };
};

async function announce(input: Record<string, unknown>, key = ours): Promise<Told> {
  const { data } = await api.sendAs<{ createUpload: Told }>(
    key,
    `mutation ($input: CreateUploadInput!) { createUpload(input: $input) {
      ... on CreateUploadPayload { upload { id url receivedBytes } }
      ... on UserError { code message path } ... on InvalidInputError { issues { path message } } } }`,
    { input: { fileName: 'talk.mp4', ...input } },
  );
  return data?.createUpload ?? {};
}

/** Announces one of so many bytes. */
async function open(sizeBytes: number): Promise<{ id: string; url: string; globalId: string }> {
  const { upload } = await announce({ sizeBytes });
  if (!upload) throw new Error('It was refused.');
  return { id: decodeGlobalId(upload.id)?.id ?? '', url: upload.url, globalId: upload.id };
}

async function ingest(uploadId: string, key = ours): Promise<Told> {
  const { data } = await api.sendAs<{ ingestVideo: Told }>(
    key,
    `mutation ($input: IngestVideoInput!) { ingestVideo(input: $input) {
      ... on UserError { code message path } ... on InvalidInputError { issues { path message } } } }`,
    { input: { title: 'A talk', uploadId } },
  );
  return data?.ingestVideo ?? {};
}

const TUS = { 'tus-resumable': '1.0.0' };

const ask = (url: string, method: string, headers: Record<string, string> = {}, body?: Buffer) =>
  fetch(url, {
    method,
    headers: { ...TUS, authorization: `Bearer ${ours.key}`, ...headers },
    ...(body && { body: new Uint8Array(body) }),
  });

const patch = (url: string, offset: number, body: Buffer, headers: Record<string, string> = {}) =>
  ask(
    url,
    'PATCH',
    { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream', ...headers },
    body,
  );

const onDisk = (id: string) => readFile(uploadOnDisk(api.storage, id));
const receivedOf = async (id: string) =>
  Number((await api.db.upload.findUniqueOrThrow({ where: { id } })).receivedBytes);

describe('an upload', () => {
  test('that is cut goes on where it was, and is whole byte for byte', async () => {
    const bytes = randomBytes(1_000_000);
    const { id, url } = await open(bytes.length);
    const sending = { url, bytes, key: ours.key, pieceBytes: 100_000 };
    expect(await sendUpload({ ...sending, cutAfterBytes: 300_000 })).toBe(0);
    const kept = await receivedOf(id);
    expect(kept).toBeGreaterThanOrEqual(300_000);
    expect(kept).toBeLessThan(bytes.length);
    expect(await sendUpload(sending)).toBeGreaterThanOrEqual(kept);
    expect((await onDisk(id)).equals(bytes)).toBe(true);
    expect(await receivedOf(id)).toBe(bytes.length);
  });

  test('keeps what came before the line was cut in the middle of a request', async () => {
    const { id, url } = await open(200_000);
    const bytes = randomBytes(200_000);
    const cut = await begin(url, 0, 200_000, bytes.subarray(0, 80_000));
    await expect.poll(async () => (await onDisk(id)).length).toBe(80_000);
    cut.destroy();
    expect(await sendUpload({ url, bytes, key: ours.key })).toBe(80_000);
    expect((await onDisk(id)).equals(bytes)).toBe(true);
  });

  test('takes nothing past its end, nothing at a wrong offset, and nothing twice', async () => {
    const { id, url } = await open(10);
    expect((await patch(url, 0, Buffer.alloc(11))).status).toBe(413);
    expect((await patch(url, 5, Buffer.alloc(5))).status).toBe(409);
    expect((await onDisk(id)).length).toBe(0);
    expect((await patch(url, 0, Buffer.alloc(10, 1))).status).toBe(204);
    expect((await patch(url, 0, Buffer.alloc(10, 2))).status).toBe(409);
    expect((await patch(url, 10, Buffer.alloc(0))).status).toBe(204);
    expect((await onDisk(id)).equals(Buffer.alloc(10, 1))).toBe(true);
  });

  test('of which two requests send at once has bytes of one at each place', async () => {
    const { id, url } = await open(100_000);
    const first = await begin(url, 0, 100_000, Buffer.alloc(40_000, 1));
    await expect.poll(async () => (await onDisk(id)).length).toBe(40_000);
    // Asks the first to let go, and then finds that the file has grown.
    expect((await patch(url, 0, Buffer.alloc(100_000, 2))).status).toBe(409);
    first.destroy();
    expect((await patch(url, 40_000, Buffer.alloc(60_000, 3))).status).toBe(204);
    const found = await onDisk(id);
    expect(found.equals(Buffer.concat([Buffer.alloc(40_000, 1), Buffer.alloc(60_000, 3)]))).toBe(true);
  });

  test('takes back a piece whose checksum is wrong', async () => {
    const { id, url } = await open(20);
    const piece = randomBytes(10);
    const digest = createHash('sha1').update(piece).digest('base64');
    expect((await patch(url, 0, piece, { 'upload-checksum': `sha1 ${digest}` })).status).toBe(204);
    expect((await patch(url, 10, randomBytes(10), { 'upload-checksum': `sha1 ${digest}` })).status).toBe(460);
    expect((await onDisk(id)).equals(piece)).toBe(true);
    expect(await receivedOf(id)).toBe(10);
    expect((await patch(url, 10, piece, { 'upload-checksum': 'crc32 AAAA' })).status).toBe(400);
  });

  test('is never handed out, and made by nothing but the graph', async () => {
    const { url } = await open(10);
    for (const method of ['GET', 'POST', 'PUT']) expect((await ask(url, method)).status).toBe(405);
    expect((await ask(`${api.api.url}/uploads/`, 'POST', { 'upload-length': '5' })).status).toBe(405);
    const options = await ask(url, 'OPTIONS');
    expect(options.headers.get('tus-extension')).toBe('termination,checksum');
    expect(options.headers.get('tus-checksum-algorithm')).toContain('sha256');
  });

  test('is there for keys of its workspace alone', async () => {
    const { id, url, globalId } = await open(10);
    const foreign = { authorization: `Bearer ${theirs.key}` };
    expect((await ask(url, 'HEAD', foreign)).status).toBe(404);
    expect((await patch(url, 0, Buffer.alloc(10), foreign)).status).toBe(404);
    expect((await ask(url, 'DELETE', foreign)).status).toBe(404);
    expect((await ask(url, 'HEAD', { authorization: 'Bearer none' })).status).toBe(401);
    await expect(sendUpload({ url, bytes: Buffer.alloc(10), key: theirs.key })).rejects.toThrow('404');
    expect(await ingest(globalId, theirs)).toMatchObject({ code: 'NOT_FOUND', path: ['uploadId'] });
    expect((await ask(url.replace(id, '..%2f..%2fx'), 'HEAD')).status).toBe(404);
    expect((await ask(url, 'HEAD')).status).toBe(200);
  });

  test('that was ended is gone, file and row', async () => {
    const { id, url } = await open(10);
    await patch(url, 0, Buffer.alloc(10));
    expect((await ask(url, 'DELETE')).status).toBe(204);
    expect(await api.db.upload.count({ where: { id } })).toBe(0);
    await expect(onDisk(id)).rejects.toThrow('ENOENT');
    expect((await ask(url, 'HEAD')).status).toBe(404);
  });
});

describe('what is announced', () => {
  test.each([
    ['no bytes', { sizeBytes: 0 }, 'sizeBytes'],
    ['more than is taken', { sizeBytes: MOST_BYTES + 1 }, 'sizeBytes'],
    ['a path', { sizeBytes: 1, fileName: '../talk.mp4' }, 'fileName'],
    ['no name', { sizeBytes: 1, fileName: ' ' }, 'fileName'],
  ])('%s is refused', async (_what, input, field) => {
    expect((await announce(input)).issues).toMatchObject([{ path: [field] }]);
  });

  test('with one key twice is one upload, and another file with it is a conflict', async () => {
    const asked = { sizeBytes: 5, idempotencyKey: 'upload-1' };
    const [first, again] = [await announce(asked), await announce(asked)];
    expect(again).toEqual(first);
    expect(await announce({ ...asked, sizeBytes: 6 })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  });

  test('is counted', async () => {
    for (let made = 0; made < 20; made += 1) await open(1);
    expect(await announce({ sizeBytes: 1 })).toMatchObject({ code: 'TOO_MANY_UPLOADS' });
    expect((await announce({ sizeBytes: 1 }, theirs)).upload).toBeDefined();
  });
});

describe('bringing it in', () => {
  test('is refused until all is here', async () => {
    const { globalId, url } = await open(10);
    await patch(url, 0, Buffer.alloc(4));
    const { code, issues } = await ingest(globalId);
    expect(code).toBe('INVALID_INPUT');
    expect(issues).toMatchObject([{ path: ['uploadId'], message: expect.stringContaining('4 of 10 bytes') }]);
  });

  test('finds that all is here where a process died before it wrote so', async () => {
    const { id, globalId, url } = await open(10);
    await patch(url, 0, Buffer.alloc(10));
    await api.db.upload.update({ where: { id }, data: { receivedBytes: 4 } });
    expect(await ingest(globalId)).toEqual({});
    expect(await receivedOf(id)).toBe(10);
    // A live run names it.
    expect((await ask(url, 'DELETE')).status).toBe(409);
    await clearUploads(api.ctx, new Date(Date.now() + 48 * 3_600_000));
    expect((await onDisk(id)).length).toBe(10);
    expect(await api.db.upload.count({ where: { id } })).toBe(1);
  });
});

test('upkeep removes what nobody goes on with, and what no row names, and leaves the rest', async () => {
  const [old, young] = [await open(10), await open(10)];
  for (const { url } of [old, young]) await patch(url, 0, Buffer.alloc(10));
  const long = new Date(Date.now() - 25 * 3_600_000);
  await api.db.upload.update({ where: { id: old.id }, data: { touchedAt: long } });
  const stray = await open(10);
  await patch(stray.url, 0, Buffer.alloc(3));
  await api.db.upload.delete({ where: { id: stray.id } });
  await clearUploads(api.ctx);
  for (const { id } of [old, stray]) await expect(onDisk(id)).rejects.toThrow('ENOENT');
  expect(await api.db.upload.findMany({ select: { id: true } })).toEqual([{ id: young.id }]);
  expect((await onDisk(young.id)).length).toBe(10);
});

/** Begins a request of so many bytes, and sends the first of them. */
async function begin(url: string, offset: number, length: number, first: Buffer) {
  const request = httpRequest(url, {
    method: 'PATCH',
    headers: {
      ...TUS,
      authorization: `Bearer ${ours.key}`,
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
      'content-length': String(length),
    },
  });
  request.on('error', () => {});
  request.write(first);
  await delay(20);
  return request;
}

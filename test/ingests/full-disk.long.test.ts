/** A disk that fills up while a film comes in, on a real one of a few megabytes. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { decodeGlobalId } from '../../src/core/ids.ts';
import { uploadOnDisk } from './support/upload-on-disk.ts';
import { openOutbound } from '../../src/platform/outbound/outbound.ts';
import { postForm, uploadForm } from '../api/support/upload.ts';
import { makeNumbered } from '../media/support/numbered.ts';
import { runEnd } from '../support/run-end.ts';
import { useSmallDisk } from '../support/small-disk.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { openTestApi, type TestApi } from '../support/test-api.ts';
import { type FilmServer, startFilmServer } from './support/film-server.ts';
import { sendUpload } from './support/send-upload.ts';

const MEGABYTE = 1_000_000;
/** What looks like a film from its first bytes. */
const FILM = Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42', 'latin1'), randomBytes(2 * MEGABYTE)]);

const disk = useSmallDisk('8m');

// Only root may mount a disk of a few megabytes, and a large one cannot be filled here.
describe.skipIf(!disk.isMounted)('on a disk that fills up', () => {
  let server: FilmServer;
  let api: TestApi;
  beforeAll(async () => {
    server = await startFilmServer();
    const outbound = openOutbound({ networks: null, filmNetworks: '127.0.0.1/32' });
    const storageUrl = `file://${disk.directory}`;
    api = await openTestApi({ workers: 1, outbound, storageUrl, ingest: { folder: null, mostBytes: 50e6 } });
  });
  afterEach(() => disk.clear());
  afterAll(async () => {
    await api?.remove();
    await server?.close();
  });

  async function bring() {
    const { ingestVideo } = await api.ask<{ ingestVideo: { run: { id: string } } }>(
      `mutation { ingestVideo(input: { url: "${server.urlOf('talk.mp4')}", title: "A talk" }) {
        ... on IngestVideoPayload { run { id } } } }`,
    );
    return runEnd(api.ctx, decodeGlobalId(ingestVideo.run.id)?.id ?? '');
  }

  async function storedKeys(): Promise<string[]> {
    const keys = [];
    for await (const { key } of api.storage.list('')) if (key !== 'somebody-else') keys.push(key);
    return keys.toSorted((one, other) => (one < other ? -1 : 1));
  }

  test('a film that is fetched ends its run by name, and nothing of it stays', async () => {
    // It does not say how much there is.
    server.instead = (_request, response) => !!response.writeHead(200).end(FILM);
    await disk.fillTo(MEGABYTE);
    expect(await bring()).toMatchObject({
      status: 'FAILED',
      errorCode: 'INSUFFICIENT_DISK',
      errorStage: 'FETCH',
    });
    server.instead = null;
    expect(await api.storage.incoming.list()).toEqual([]);
    expect([await storedKeys(), await disk.temporaryFiles()]).toEqual([[], []]);
  });

  test('the copy of a film that is here ends its run by name; the film stays, and nothing half-made', async () => {
    const frameRate = { num: 25, den: 1 };
    const talk = { name: 'talk.mp4', frames: 250, frameRate, width: 640, height: 360 };
    const [file = ''] = await makeNumbered(temporaryFolder('ingest'), talk);
    const bytes = await readFile(file);
    server.files.set('talk.mp4', bytes);
    await disk.fillTo(bytes.length + 100_000);
    expect(await bring()).toMatchObject({ status: 'PARTIAL', errorCode: 'INSUFFICIENT_DISK' });
    const { filePath, posterPath, proxyPath, spritePath } = await api.db.video.findFirstOrThrow();
    expect([proxyPath, spritePath]).toEqual([null, null]);
    const kept = [filePath, posterPath].filter((key) => key !== null);
    expect(await storedKeys()).toEqual(kept.toSorted((one, other) => (one < other ? -1 : 1)));
    expect([await api.storage.incoming.list(), await disk.temporaryFiles()]).toEqual([[], []]);
  });

  test('an upload is told so, and goes on where it was once there is room', async () => {
    const { createUpload } = await api.ask<{ createUpload: { upload: { id: string; url: string } } }>(
      `mutation { createUpload(input: { fileName: "a.mp4", sizeBytes: ${FILM.length} }) {
        ... on CreateUploadPayload { upload { id url } } } }`,
    );
    const { id, url } = createUpload.upload;
    await disk.fillTo(MEGABYTE);
    const headers = {
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
    };
    const response = await fetch(url, { method: 'PATCH', headers, body: new Uint8Array(FILM) });
    expect([response.status, await response.text()]).toEqual([507, expect.stringContaining('disk')]);
    const file = uploadOnDisk(api.storage, decodeGlobalId(id)?.id ?? '');
    const kept = (await readFile(file)).length;
    expect(kept).toBeLessThan(FILM.length);
    await disk.clear();
    expect(await sendUpload({ url, bytes: FILM })).toBe(kept);
    expect((await readFile(file)).equals(FILM)).toBe(true);
  });

  test('a file that comes with a request is refused by name, and nothing of it stays', async () => {
    await disk.fillTo(MEGABYTE);
    const response = await postForm(api, uploadForm({ projectId: 'x', name: 'Mara' }, FILM));
    expect(response.status).toBe(507);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'INSUFFICIENT_DISK' } }] });
    expect(await disk.temporaryFiles()).toEqual([]);
  });
});

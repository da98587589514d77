import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { download, type Download } from '../../src/features/ingests/source/download.ts';
import { openOutbound } from '../../src/platform/outbound/outbound.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { type FilmServer, startFilmServer } from './support/film-server.ts';

const FILM = Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42', 'latin1'), randomBytes(300_000)]);
const { films: open } = openOutbound({ networks: null, filmNetworks: '127.0.0.1/32' });

let server: FilmServer;
let folder: string;
beforeAll(async () => {
  server = await startFilmServer();
  server.files.set('talk.mp4', FILM);
});
afterAll(() => server.close());
beforeEach(() => {
  folder = temporaryFolder('ingest');
  Object.assign(server, { asked: [], cuts: [], instead: null, hasTags: true });
});

const fetchFilm = (name = 'talk.mp4', options: Partial<Download> = {}, films = open) =>
  download(films, new URL(server.urlOf(name)), {
    folder,
    mostBytes: 1e6,
    freeBytes: async () => 1e9,
    signal: AbortSignal.timeout(20_000),
    onProgress: () => {},
    firstWaitMilliseconds: 1,
    ...options,
  });

async function bytesOf(fetched: Awaited<ReturnType<typeof download>>) {
  if (fetched === 'PAGE') throw new Error('It is a page.');
  return readFile(fetched.file);
}

describe('a line that is cut', () => {
  test('is gone on with where it was, and the film is whole', async () => {
    server.cuts = [100_000, 50_000];
    expect((await bytesOf(await fetchFilm())).equals(FILM)).toBe(true);
    // Bytes that were on their way when the line was cut may be lost with it.
    const from = server.asked.map((range) => Number(/\d+/.exec(range ?? '0')?.[0]));
    expect(from[0]).toBe(0);
    expect(from.at(-1)).toBeGreaterThan(0);
    expect(from).toHaveLength(3);
  });

  test('is begun anew where nothing tells whether the film is still the same', async () => {
    Object.assign(server, { cuts: [100_000], hasTags: false });
    expect((await bytesOf(await fetchFilm())).equals(FILM)).toBe(true);
    expect(server.asked).toEqual([null, null]);
  });

  test('by a process that died is gone on with by another one', async () => {
    server.cuts = [200_000];
    const stop = new AbortController();
    const dying = fetchFilm('talk.mp4', {
      signal: stop.signal,
      onProgress: (share) => share > 0.6 && stop.abort(),
    });
    await expect(dying).rejects.toThrow('abort');
    expect((await bytesOf(await fetchFilm())).equals(FILM)).toBe(true);
    expect(server.asked[1]).toMatch(/^bytes=\d+-$/);
  });

  test('while the film became another one gives that one, whole', async () => {
    server.cuts = [100_000];
    const other = Buffer.concat([FILM.subarray(0, 12), randomBytes(200_000)]);
    const stop = new AbortController();
    const onProgress = (share: number) => share > 0.2 && stop.abort();
    await fetchFilm('talk.mp4', { signal: stop.signal, onProgress }).catch(() => {});
    server.files.set('talk.mp4', other);
    expect((await bytesOf(await fetchFilm())).equals(other)).toBe(true);
    server.files.set('talk.mp4', FILM);
  });

  test('that brings nothing any more ends with what was wrong', async () => {
    server.instead = (_request, response) => {
      response.writeHead(200, { 'content-length': 9_000 }).flushHeaders();
      return true;
    };
    await expect(fetchFilm('talk.mp4', { stalledMilliseconds: 50 })).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      message: expect.stringContaining('sends nothing more'),
    });
    expect(server.asked).toHaveLength(4);
  });
});

describe('a server that comes too slowly is let go, and what is wrong is told:', () => {
  const slow = { code: 'SOURCE_FAILED', message: expect.stringContaining('kB a second') };
  /** Far below the least in so long. */
  const paceMilliseconds = 2_000;

  test('one that trickles', async () => {
    let drops: NodeJS.Timeout | undefined;
    server.instead = (_request, response) => {
      response.writeHead(200, { 'content-length': FILM.length }).flushHeaders();
      drops = setInterval(() => response.write('x'), 10);
      return true;
    };
    try {
      await expect(fetchFilm('talk.mp4', { paceMilliseconds })).rejects.toMatchObject(slow);
    } finally {
      clearInterval(drops);
    }
    expect(server.asked).toHaveLength(1);
  });

  test('one that cuts the line after every few bytes', async () => {
    server.cuts = Array.from({ length: 1_000 }, () => 100);
    await expect(fetchFilm('talk.mp4', { paceMilliseconds })).rejects.toMatchObject(slow);
    expect(server.asked.length).toBeGreaterThan(4);
  });
});

describe('is refused, and nothing is asked again:', () => {
  test.each<[string, Buffer, string]>([
    ['an HLS playlist', Buffer.from('#EXTM3U\n#EXTINF:9,\nfile:///etc/passwd\n'), 'HLS'],
    ['a concat script', Buffer.from("ffconcat version 1.0\nfile 'secret.mp4'\n"), 'concat'],
    ['a bare concat list', Buffer.from("# list\nfile '/etc/passwd'\n"), 'concat'],
    ['a session description', Buffer.from('v=0\r\no=- 0 0 IN IP4 10.0.0.1\r\n'), 'SDP'],
    ['a DASH manifest', Buffer.from('<?xml version="1.0"?><MPD xmlns="x">'), 'DASH'],
    ['nothing', Buffer.alloc(0), 'empty'],
    ['noise', randomBytes(9_000), 'no film'],
  ])('%s', async (_name, bytes, why) => {
    server.files.set('odd', bytes);
    const refusal = { code: 'SOURCE_FAILED', message: expect.stringContaining(why) };
    await expect(fetchFilm('odd')).rejects.toMatchObject(refusal);
    expect(server.asked).toHaveLength(1);
  });

  test('what is larger than may be, whether or not it is said', async () => {
    const large = { code: 'SOURCE_FAILED', message: expect.stringContaining('larger') };
    await expect(fetchFilm('talk.mp4', { mostBytes: 1_000 })).rejects.toMatchObject(large);
    server.instead = (_request, response) => !!response.writeHead(200).end(FILM);
    await expect(fetchFilm('talk.mp4', { mostBytes: 100_000 })).rejects.toMatchObject(large);
  });

  test('what has no room on the disk', async () => {
    const free = { freeBytes: async () => 1_000 };
    await expect(fetchFilm('talk.mp4', free)).rejects.toMatchObject({ code: 'INSUFFICIENT_DISK' });
  });

  test('what is not there', async () => {
    await expect(fetchFilm('nothing.mp4')).rejects.toMatchObject({ message: expect.stringContaining('404') });
  });
});

test('a page of the web is told from a film', async () => {
  server.files.set('page', Buffer.from('<!-- a --><!DOCTYPE html><html><video src="talk.mp4"></html>'));
  expect(await fetchFilm('page')).toBe('PAGE');
});

describe('an address that leads to another', () => {
  test('is followed, and each on the way is judged', async () => {
    server.instead = ({ url }, response) =>
      url === '/way' && !!response.writeHead(302, { location: '/talk.mp4' }).end();
    expect((await bytesOf(await fetchFilm('way'))).equals(FILM)).toBe(true);
    folder = temporaryFolder('ingest');
    const secret = 'http://169.254.169.254/latest/meta-data/';
    server.instead = (_request, response) => !!response.writeHead(302, { location: secret }).end();
    await expect(fetchFilm('way')).rejects.toMatchObject({
      message: expect.stringContaining('not a public address'),
    });
  });

  test('never leads to a file or to itself without an end', async () => {
    server.instead = (_request, response) =>
      !!response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    await expect(fetchFilm()).rejects.toMatchObject({
      message: expect.stringContaining('nothing is fetched'),
    });
    server.instead = (_request, response) => !!response.writeHead(302, { location: '/round' }).end();
    await expect(fetchFilm()).rejects.toMatchObject({ message: expect.stringContaining('without an end') });
  });
});

test('an address of this machine is not called, unless it is allowed', async () => {
  const { films } = openOutbound({ networks: '127.0.0.1/32' });
  const failed = fetchFilm('talk.mp4', {}, films);
  await expect(failed).rejects.toMatchObject({ message: expect.stringContaining('not a public address') });
  expect(server.asked).toEqual([]);
});

test('what was fetched whole before the process died is not fetched again', async () => {
  await writeFile(join(folder, 'whole'), FILM);
  expect((await bytesOf(await fetchFilm())).equals(FILM)).toBe(true);
  expect(server.asked).toEqual([]);
});

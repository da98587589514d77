/** Films from outside, from the mutation to what players get. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uploadOnDisk } from './support/upload-on-disk.ts';
import { clearIncoming } from '../../src/features/upkeep/old-arrivals.ts';
import { clearUploads } from '../../src/features/upkeep/old-uploads.ts';
import { decodeGlobalId, encodeGlobalId, newId } from '../../src/core/ids.ts';
import type { PipelineRun } from '../../src/generated/prisma/client.ts';
import { openOutbound } from '../../src/platform/outbound/outbound.ts';
import { makeNumbered } from '../media/support/numbered.ts';
import { runEnd } from '../support/run-end.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { openTestApi, type TestApi } from '../support/test-api.ts';
import { type FilmServer, startFilmServer } from './support/film-server.ts';
import { sendUpload } from './support/send-upload.ts';

const SECONDS = 4;
const usual = { frames: SECONDS * 25, frameRate: { num: 25, den: 1 } };

let server: FilmServer;
let api: TestApi;
let folder: string;
let films: Record<string, string>;
beforeAll(async () => {
  const made = temporaryFolder('ingest');
  const small = { ...usual, width: 640, height: 360 };
  const paths = await makeNumbered(
    made,
    { name: 'talk.mp4', ...small },
    { name: 'silent.mp4', ...small, sounds: [] },
    { name: 'turned.mp4', ...small, turned: [0, 1, -1, 0] },
    { name: 'two.mkv', ...small, sounds: [{ tone: 300 }, { tone: 600, isDefault: true, channels: 1 }] },
    {
      name: 'odd-times.mkv',
      ...small,
      times: Array.from({ length: 100 }, (_, at) => at / 25 + (at % 3) / 100),
    },
    { name: 'other.mp4', ...small, frames: 50 },
    { name: 'upload.mp4', ...small, frames: 75 },
    { name: 'long.mp4', ...usual, frames: 25 * 60, width: 1280, height: 720 },
  );
  films = Object.fromEntries(paths.map((file) => [file.slice(made.length + 1), file]));
  server = await startFilmServer();
  for (const [name, file] of Object.entries(films)) server.files.set(name, await readFile(file));
  folder = temporaryFolder('ingest');
  const outbound = openOutbound({ networks: null, filmNetworks: '127.0.0.1/32' });
  api = await openTestApi({ workers: 2, outbound, ingest: { folder, mostBytes: 50e6 } });
});
afterAll(async () => {
  await api.remove();
  await server.close();
});

type Told = {
  code?: string;
  path?: string[];
  message?: string;
  ingest?: { id: string };
  run?: { id: string };
};

async function ingest(input: Record<string, unknown>): Promise<Told> {
  const { ingestVideo } = await api.ask<{ ingestVideo: Told }>(
    `mutation ($input: IngestVideoInput!) { ingestVideo(input: $input) {
      ... on IngestVideoPayload { ingest { id } run { id } } ... on UserError { code path message } } }`,
    { input: { title: 'A talk', ...input } },
  );
  return ingestVideo;
}

const bareId = (id: string | undefined) => decodeGlobalId(id ?? '')?.id ?? '';

/** Brings one in, and waits for the end of it. */
async function bring(input: Record<string, unknown>): Promise<PipelineRun> {
  const told = await ingest(input);
  if (!told.run) throw new Error(JSON.stringify(told));
  return runEnd(api.ctx, bareId(told.run.id));
}

const videoOf = async ({ ingestId }: Pick<PipelineRun, 'ingestId'>) => {
  const { video } = await api.db.ingest.findUniqueOrThrow({
    where: { id: ingestId ?? '' },
    include: { video: true },
  });
  if (!video) throw new Error('It is not in the library.');
  return video;
};

/** Every file of the storage that no row names, and what is still on its way. */
async function leftovers(): Promise<string[]> {
  const named = (await api.db.video.findMany()).flatMap((video) => [
    video.filePath,
    video.posterPath,
    video.proxyPath,
    video.peaksPath,
    video.spritePath,
  ]);
  const found = await api.storage.incoming.list();
  for await (const { key } of api.storage.list('')) if (!named.includes(key)) found.push(key);
  return found;
}

describe('a film from an address', () => {
  test('is in the library with all that players need', async () => {
    server.cuts = [20_000];
    const run = await bring({ url: server.urlOf('talk.mp4'), identifier: 'my-talk', language: 'EN-us' });
    expect(run).toMatchObject({ status: 'COMPLETED', percent: 100, errorCode: null });
    const { id } = await videoOf(run);
    const { video } = await api.ask<{ video: Record<string, never> & { sprite: Record<string, never> } }>(
      `{ video(id: "${encodeGlobalId('Video', id)}") { identifier title origin sourceUrl language durationSeconds width height
        rotationDegrees audioChannels audioTracks loudnessLufs url posterUrl proxyUrl peaksUrl
        sprite { url everySeconds columns webvtt } subtitleStreams { index } } }`,
    );
    expect(video).toMatchObject({
      identifier: 'my-talk',
      title: 'A talk',
      origin: 'INGESTED',
      sourceUrl: server.urlOf('talk.mp4'),
      language: 'en-US',
      width: 640,
      rotationDegrees: 0,
      audioChannels: 2,
      audioTracks: 1,
      subtitleStreams: [],
    });
    const survey = await api.db.videoSurvey.findUniqueOrThrow({ where: { videoId: id } });
    // The encoder's last frame goes a little beyond.
    expect([SECONDS * 10, SECONDS * 10 + 1]).toContain((survey.levels as unknown[]).length);
    expect(video['durationSeconds']).toBeCloseTo(SECONDS, 1);
    expect(video['loudnessLufs']).toBeLessThan(0);
    const bytes = Buffer.from(await (await fetch(video['url'] ?? '')).arrayBuffer());
    expect(bytes.equals(server.files.get('talk.mp4') ?? Buffer.alloc(0))).toBe(true);
    for (const name of ['posterUrl', 'proxyUrl', 'peaksUrl']) {
      const part = await fetch(video[name] ?? '', { headers: { range: 'bytes=0-3' } });
      expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 4]);
    }
    expect(video.sprite).toMatchObject({ everySeconds: 1, columns: 10 });
    expect(video.sprite['webvtt']).toContain(`${video.sprite['url']}#xywh=160,0,160,90`);
    expect(await leftovers()).toEqual([]);
  });

  test('that the library has already is not made twice', async () => {
    const [one, other] = await Promise.all(
      ['First', 'Second'].map((title) => bring({ url: server.urlOf('other.mp4'), title })),
    );
    const again = await bring({ url: server.urlOf('other.mp4'), title: 'Third' });
    const ids = await Promise.all([one, other, again].map(async (run) => run && (await videoOf(run)).id));
    expect(new Set(ids).size).toBe(1);
    expect(await api.db.video.count({ where: { id: ids[0] ?? '' } })).toBe(1);
    expect(await leftovers()).toEqual([]);
  });

  test('is asked for once with one key', async () => {
    const asked = { url: server.urlOf('talk.mp4'), idempotencyKey: 'once' };
    const [first, second] = [await ingest(asked), await ingest(asked)];
    expect(second).toEqual(first);
    expect(await ingest({ ...asked, title: 'Another' })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    await runEnd(api.ctx, bareId(first.run?.id));
  });
});

const shown = async (name: string) => {
  const run = await bring({ url: server.urlOf(name) });
  expect(run.status).toBe('COMPLETED');
  return videoOf(run);
};

describe('films of every kind are known for what they are:', () => {
  test('without sound', async () => {
    expect(await shown('silent.mp4')).toMatchObject({ audioCodec: null, peaksPath: null, audioTracks: 0 });
  });

  test('turned', async () => {
    expect(await shown('turned.mp4')).toMatchObject({ rotationDegrees: 90, width: 640, height: 360 });
  });

  test('with two tracks of sound', async () => {
    expect(await shown('two.mkv')).toMatchObject({ audioTracks: 2, audioChannels: 1 });
  });

  test('with pictures at odd times', async () => {
    const { frameRate, proxyPath } = await shown('odd-times.mkv');
    expect(frameRate).toBeGreaterThan(20);
    expect(proxyPath).not.toBeNull();
  });
});

describe('what is no film', () => {
  test.each<[string, () => Promise<Buffer>, RegExp]>([
    ['sound alone', async () => readFile(await soundAlone()), /only sound|no moving picture/],
    ['nothing', async () => Buffer.alloc(0), /empty/],
    ['a film cut short', async () => readFile(await cutShort()), /cut short|moov|no film/i],
    ['a playlist', async () => Buffer.from('#EXTM3U\nhttp://a.test/b.ts\n'), /HLS/],
    ['a page, where yt-dlp is not installed', async () => Buffer.from('<!doctype html><p>Hi'), /yt-dlp/],
  ])('%s: the run says so, and nothing stays', async (_name, bytes, why) => {
    server.files.set('odd', await bytes());
    const run = await bring({ url: server.urlOf('odd') });
    expect(run).toMatchObject({ status: 'FAILED', errorCode: 'SOURCE_FAILED', errorStage: 'FETCH' });
    expect(run.errorMessage).toMatch(why);
    expect(run.errorMessage).not.toContain('/tmp');
    expect(await leftovers()).toEqual([]);
  });
});

async function soundAlone() {
  const directory = temporaryFolder('ingest');
  const [file = ''] = await makeSound(directory);
  return file;
}

async function cutShort() {
  const file = join(temporaryFolder('ingest'), 'short.mp4');
  await copyFile(films['talk.mp4'] ?? '', file);
  await truncate(file, 30_000);
  return file;
}

/** A WAV of a second of silence. */
async function makeSound(directory: string): Promise<string[]> {
  const file = join(directory, 'sound.wav');
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + 96_000, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(48_000, 24);
  head.writeUInt32LE(96_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(96_000, 40);
  await writeFile(file, Buffer.concat([head, Buffer.alloc(96_000)]));
  return [file];
}

describe('a path on the server', () => {
  test('is taken from the one folder, and copied', async () => {
    await mkdir(join(folder, 'talks'), { recursive: true });
    const file = join(folder, 'talks', 'mine.mp4');
    await copyFile(films['silent.mp4'] ?? '', file);
    const run = await bring({ path: 'talks/mine.mp4' });
    expect(run.status).toBe('COMPLETED');
    expect(await readFile(file)).toEqual(server.files.get('silent.mp4'));
  });

  test.each([
    '../talk.mp4',
    '/etc/passwd',
    '/dev/zero',
    '/proc/self/environ',
    'link',
    'way/passwd',
    'talks',
    'pipe',
    '',
  ])('%s is refused, as what is not there', async (path) => {
    await symlink('/etc/passwd', join(folder, 'link')).catch(() => {});
    await symlink('/etc', join(folder, 'way')).catch(() => {});
    spawnSync('mkfifo', [join(folder, 'pipe')]);
    expect(await ingest({ path })).toMatchObject({ code: 'INVALID_INPUT', path: ['path'] });
  });
});

test.each<[Record<string, unknown>, string]>([
  [{}, 'url'],
  [{ url: 'https://example.com/a.mp4', path: 'a.mp4' }, 'path'],
  [{ url: 'file:///etc/passwd' }, 'url'],
  [{ url: 'https://anybody:hunter2@example.com/a.mp4' }, 'url'],
  [{ url: 'http://10.0.0.1/a.mp4' }, 'url'],
  [{ url: 'https://example.com/a.mp4', identifier: 'My Talk' }, 'identifier'],
  [{ url: 'https://example.com/a.mp4', title: ' ' }, 'title'],
  [{ url: 'https://example.com/a.mp4', language: 'klingonish!' }, 'language'],
])('%j is refused by the field', async (input, field) => {
  expect(await ingest(input)).toMatchObject({ code: 'INVALID_INPUT', path: [field] });
});

test('a film behind a page is fetched by yt-dlp where it is installed, in a box, through our gate', async () => {
  const bin = temporaryFolder('bin');
  const told = join(bin, 'told.json');
  await writeFile(join(bin, 'yt-dlp'), fakeProgram(told), { mode: 0o755 });
  const before = process.env['PATH'];
  process.env['PATH'] = `${bin}:${before}`;
  try {
    server.files.set('page', Buffer.from('<!doctype html><title>--exec rm</title>'));
    const run = await bring({ url: server.urlOf('page') });
    expect(run).toMatchObject({ status: 'COMPLETED', errorMessage: null });
    const { args, env, inside, outside } = JSON.parse(await readFile(told, 'utf8')) as FakeAnswer;
    expect(args.slice(-2)).toEqual(['--', server.urlOf('page')]);
    expect(args).toEqual(expect.arrayContaining(['--ignore-config', '--no-exec']));
    expect(env.toSorted()).toEqual(
      ['HOME', 'LANG', 'PATH', 'PWD', 'TMPDIR'].filter((name) => env.includes(name)),
    );
    expect([outside, inside]).toEqual([200, 403]);
    expect(await leftovers()).toEqual([]);
  } finally {
    process.env['PATH'] = before;
  }
});

type FakeAnswer = { args: string[]; env: string[]; inside: number; outside: number };

/** It fetches a film through the proxy that it is told of, and tries an address of a private network. */
const fakeProgram = (told: string) => `#!/usr/bin/env node
const { request } = require('node:http');
const { writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const of = (name) => args.find((arg) => arg.startsWith(name)).slice(name.length);
const proxy = new URL(of('--proxy='));
const get = (url) => new Promise((resolve, reject) => {
  request({ host: proxy.hostname, port: proxy.port, path: url, headers: { host: new URL(url).host } }, (answer) => {
    const chunks = [];
    answer.on('data', (chunk) => chunks.push(chunk)).on('end', () => resolve({ status: answer.statusCode, bytes: Buffer.concat(chunks) }));
  }).on('error', reject).end();
});
(async () => {
  const film = await get(new URL('/two.mkv', args.at(-1)).href);
  const inside = await get('http://10.0.0.1/secret');
  writeFileSync(of('--output=').replace('%(ext)s', 'mkv'), film.bytes);
  writeFileSync(${JSON.stringify(told)}, JSON.stringify({ args, env: Object.keys(process.env), inside: inside.status, outside: film.status }));
})();
`;

/** @returns the global id. */
async function upload(bytes: Buffer, cutAfterBytes?: number): Promise<string> {
  const { createUpload } = await api.ask<{ createUpload: { upload: { id: string; url: string } } }>(
    `mutation ($input: CreateUploadInput!) { createUpload(input: $input) {
      ... on CreateUploadPayload { upload { id url } } } }`,
    { input: { fileName: 'film.mp4', sizeBytes: bytes.length } },
  );
  const { id, url } = createUpload.upload;
  const sending = { url, bytes, pieceBytes: 20_000 };
  if (cutAfterBytes !== undefined) await sendUpload({ ...sending, cutAfterBytes });
  await sendUpload(sending);
  return id;
}

describe('a film that is uploaded', () => {
  test('comes in whole after a cut, and the upload goes once it is in the library', async () => {
    const bytes = await readFile(films['upload.mp4'] ?? '');
    const uploadId = await upload(bytes, 40_000);
    const run = await bring({ uploadId });
    expect(run).toMatchObject({ status: 'COMPLETED', errorCode: null });
    const { sha256, filePath } = await videoOf(run);
    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(await clearUploads(api.ctx)).toBe(1);
    await expect(readFile(uploadOnDisk(api.storage, bareId(uploadId)))).rejects.toThrow('ENOENT');
    expect((await readFile(api.storage.locationOf(filePath))).equals(bytes)).toBe(true);
    expect(await leftovers()).toEqual([]);
  });

  test('is refused where it is no film', async () => {
    const run = await bring({ uploadId: await upload(Buffer.from('#EXTM3U\nhttps://a.test/b.ts\n')) });
    expect(run).toMatchObject({ status: 'FAILED', errorCode: 'SOURCE_FAILED' });
    expect(await leftovers()).toEqual([]);
  });
});

test('a cancelled run stops at once, and its video can be deleted then, not before', async () => {
  const told = await ingest({ url: server.urlOf('long.mp4') });
  const runId = bareId(told.run?.id);
  const video = await until(() =>
    api.db.video.findFirst({ where: { ingests: { some: { runs: { some: { id: runId } } } } } }),
  );
  const remove = () =>
    api.ask<{ deleteVideo: Told }>(
      `mutation { deleteVideo(input: { videoId: "${encodeGlobalId('Video', video.id)}" }) {
        __typename ... on UserError { code } } }`,
    );
  expect((await remove()).deleteVideo).toMatchObject({ code: 'RUN_IN_PROGRESS' });
  await until(async () => ((await runOf(runId)).percent > 45 ? true : null));
  await api.ask(`mutation { cancelRun(input: { runId: "${told.run?.id}" }) { __typename } }`);
  expect((await remove()).deleteVideo).toMatchObject({ __typename: 'DeleteVideoPayload' });
  expect(await api.db.pipelineRun.count({ where: { id: runId } })).toBe(0);
  await until(async () => ((await leftovers()).length === 0 ? true : null));
});

test('what a dead process left of an ended run is removed, and what a live one can go on with stays', async () => {
  const { workspaceId } = api.ctx.actor;
  const row = { workspaceId, source: 'URL' as const, sourceUrl: 'https://a.test/b', title: 'A talk' };
  const [over, live] = await Promise.all(
    ['CANCELLED' as const, 'PAUSED' as const].map(async (status) => {
      const { id } = await api.db.ingest.create({ data: { ...row, id: newId() } });
      const completedAt = status === 'PAUSED' ? null : new Date();
      const run = { id: newId(), workspaceId, kind: 'INGEST' as const, ingestId: id, status, completedAt };
      await api.db.pipelineRun.create({ data: run });
      const dying = api.storage.incoming.withFolder(id, async (at) => {
        await writeFile(join(at, 'part'), 'bytes');
        throw new Error('It dies.');
      });
      await expect(dying).rejects.toThrow('It dies.');
      return id;
    }),
  );
  expect(await api.storage.incoming.list()).toEqual(expect.arrayContaining([over, live]));
  expect(await clearIncoming(api.ctx)).toBe(1);
  expect(await api.storage.incoming.list()).toEqual([live]);
  await api.storage.incoming.remove(live ?? '');
});

const runOf = (id: string) => api.db.pipelineRun.findUniqueOrThrow({ where: { id } });

async function until<Found>(look: () => Promise<Found | null>): Promise<Found> {
  for (let tries = 0; tries < 600; tries += 1) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => void setTimeout(resolve, 50));
  }
  throw new Error('It did not come.');
}

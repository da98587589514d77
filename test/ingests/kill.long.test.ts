/** A server that is killed while it brings a film in, again and again. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeNumbered } from '../media/support/numbered.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { makeTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { TEST_SECRET_KEY } from '../support/test-platform.ts';
import { startVidpipe, type VidpipeProcess } from '../support/vidpipe-process.ts';
import { type FilmServer, startFilmServer } from './support/film-server.ts';

/** Milliseconds after its start at which each process is killed: in the fetch, in the reading, in what is made. */
const KILLS = [900, 1_500, 4_000];

let database: TestDatabase;
let films: FilmServer;
let server: VidpipeProcess | null = null;
let url = '';
beforeAll(async () => {
  database = await makeTestDatabase();
  films = await startFilmServer();
  const folder = temporaryFolder('kill');
  const [film = ''] = await makeNumbered(folder, {
    name: 'talk.mp4',
    frames: 250,
    frameRate: { num: 25, den: 1 },
    width: 1280,
    height: 720,
  });
  films.files.set('talk.mp4', await readFile(film));
});
afterAll(async () => {
  await kill();
  await films.close();
  await database.remove();
});

async function kill(): Promise<void> {
  server?.child.kill('SIGKILL');
  await server?.ended;
}

async function serve(): Promise<void> {
  server = startVidpipe(['serve'], {
    VIDPIPE_DATA_DIR: database.dataDir,
    VIDPIPE_INGEST_NETWORKS: '127.0.0.1/32',
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...(database.databaseUrl !== null && {
      DATABASE_URL: database.databaseUrl,
      VIDPIPE_SECRET_KEY: TEST_SECRET_KEY,
    }),
  });
  [url] = await server.saw(/http:\S+\/graphql/);
}

async function ask<Data>(query: string): Promise<Data> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return ((await response.json()) as { data: Data }).data;
}

type Standing = {
  ingest: { video: { proxyUrl: string | null } | null; run: { status: string; errorMessage: string } };
};

test('the film is in the library, once and whole, and nothing else stays', { timeout: 240_000 }, async () => {
  await serve();
  films.cuts = [40_000, 40_000];
  const { ingestVideo } = await ask<{ ingestVideo: { ingest: { id: string } } }>(
    `mutation { ingestVideo(input: { url: "${films.urlOf('talk.mp4')}", title: "A talk" }) {
      ... on IngestVideoPayload { ingest { id } } } }`,
  );
  for (const milliseconds of KILLS) {
    await new Promise((resolve) => void setTimeout(resolve, milliseconds));
    await kill();
    await serve();
  }
  const look = () =>
    ask<Standing>(
      `{ ingest(id: "${ingestVideo.ingest.id}") { video { proxyUrl } run { status errorMessage } } }`,
    );
  let standing = await look();
  while (['QUEUED', 'RUNNING'].includes(standing.ingest.run.status)) {
    await new Promise((resolve) => void setTimeout(resolve, 250));
    standing = await look();
  }
  expect(standing.ingest.run).toEqual({ status: 'COMPLETED', errorMessage: null });
  expect(standing.ingest.video?.proxyUrl).toMatch(/^http/);
  const { videos } = await ask<{ videos: { totalCount: number } }>('{ videos { totalCount } }');
  expect(videos.totalCount).toBe(1);
  const stored = await readdir(join(database.dataDir, 'files'), { recursive: true, withFileTypes: true });
  const kept = stored.filter((entry) => entry.isFile() && !/\.(temporary|shelf)\b/.test(entry.parentPath));
  // Film, poster, copy, small pictures, waveform.
  expect(kept.map(({ name }) => name.replace(/^.*\./, '')).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
    'jpg',
    'jpg',
    'json',
    'mp4',
    'mp4',
  ]);
});

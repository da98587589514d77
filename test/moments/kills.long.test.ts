/** A server that is killed while it hears a video, asks about it and cuts it, again and again. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeNumbered } from '../media/support/numbered.ts';
import { type GoogleServerProcess, startGoogleServer } from '../support/google-server/start.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { makeTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { TEST_SECRET_KEY } from '../support/test-platform.ts';
import { startVidpipe, type VidpipeProcess } from '../support/vidpipe-process.ts';

/** Of processes; more by hand, as in `KILLS=30 npx vitest run test/moments/kills.long.test.ts`. */
const KILLS = Number(process.env['KILLS'] ?? 4);
/** Milliseconds that each process has, one after the other and again; the longest lets a clip be finished, for a job that dies ten times is given up. */
const LIVES = [600, 900, 1_300, 1_900, 2_700, 3_800, 9_000];

let database: TestDatabase;
let google: GoogleServerProcess;
let folder: string;
let server: VidpipeProcess | null = null;
let url = '';
beforeAll(async () => {
  database = await makeTestDatabase();
  google = await startGoogleServer();
  folder = temporaryFolder('kills');
  const frameRate = { num: 25, den: 1 };
  await makeNumbered(folder, { name: 'talk.mp4', frames: 300, frameRate, width: 640, height: 360 });
});
afterAll(async () => {
  await kill();
  await google.stop();
  await database.remove();
});

async function kill(): Promise<void> {
  server?.child.kill('SIGKILL');
  await server?.ended;
}

async function serve(): Promise<void> {
  server = startVidpipe(['serve'], {
    ...google.environment('GEMINI'),
    VIDPIPE_DATA_DIR: database.dataDir,
    VIDPIPE_INGEST_PATH: folder,
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

type Run = { status: string; errorCode: string | null; errorMessage: string | null; totalMoments: number };
const LIVE = ['QUEUED', 'RUNNING'];

async function ended(runId: string, lives: Iterator<number>): Promise<Run> {
  const look = async () =>
    (
      await ask<{ pipelineRun: Run }>(
        `{ pipelineRun(id: "${runId}") { status errorCode errorMessage totalMoments } }`,
      )
    ).pipelineRun;
  for (;;) {
    const run = await look();
    if (!LIVE.includes(run.status)) return run;
    const life = lives.next();
    if (life.done) await sleep(250);
    else {
      await sleep(life.value);
      await kill();
      await serve();
    }
  }
}

function* livesOf(kills: number): Generator<number, undefined> {
  for (let at = 0; at < kills; at += 1) yield LIVES[at % LIVES.length] ?? 0;
}

type Entries = { ledger: { edges: { node: { kind: string; call: string } }[] } };

/** Looks into Google's books, as a person does, and says what became of the call that a message names. @returns what that cost. */
async function settle({ errorMessage }: Run): Promise<'WAS_CHARGED' | 'NOT_CHARGED'> {
  const [operationKey = ''] = /(transcript|moments):[\w:-]+/.exec(errorMessage ?? '') ?? [];
  const call = operationKey.startsWith('transcript') ? 'TRANSCRIPT' : 'MOMENTS';
  const { ledger } = await ask<Entries>('{ ledger(first: 100) { edges { node { kind call } } } }');
  const settled = ledger.edges.filter(({ node }) => node.call === call && node.kind === 'SETTLE').length;
  const sold = (await google.ledger()).filter(({ kind }) => kind === call).length;
  const outcome = sold > settled ? 'WAS_CHARGED' : 'NOT_CHARGED';
  const answer = await ask<{ settleUnknownCall: { __typename: string } }>(
    `mutation { settleUnknownCall(input: { operationKey: "${operationKey}", outcome: ${outcome} }) { __typename } }`,
  );
  expect(answer.settleUnknownCall.__typename).toBe('SettleUnknownCallPayload');
  return outcome;
}

async function launch(videoId: string): Promise<string> {
  const { runMoments } = await ask<{ runMoments: { run: { id: string } } }>(
    `mutation { runMoments(input: { videoId: "${videoId}", model: "GEMINI", transcriptSource: GEMINI, minMoments: 1,
      minMomentLengthSeconds: 1, maxMomentLengthSeconds: 10, aspectRatio: "1:1", captions: LINE }) {
      ... on RunMomentsPayload { run { id } } } }`,
  );
  return runMoments.run.id;
}

async function bringIn(): Promise<string> {
  const { ingestVideo } = await ask<{ ingestVideo: { ingest: { id: string }; run: { id: string } } }>(
    'mutation { ingestVideo(input: { path: "talk.mp4", title: "A talk" }) { ... on IngestVideoPayload { ingest { id } run { id } } } }',
  );
  await ended(ingestVideo.run.id, livesOf(0));
  const { ingest } = await ask<{ ingest: { video: { id: string } } }>(
    `{ ingest(id: "${ingestVideo.ingest.id}") { video { id } } }`,
  );
  return ingest.video.id;
}

test(
  'the words are bought once, the moments too, every clip is whole, and nothing else stays',
  { timeout: 600_000 },
  async () => {
    await serve();
    const videoId = await bringIn();
    const lives = livesOf(KILLS);
    let run = await ended(await launch(videoId), lives);
    let lost = 0;
    // A process that dies while Google answers leaves what nobody knows: it is not bought again until a person says.
    while (run.errorCode === 'OUTCOME_UNKNOWN') {
      lost += (await settle(run)) === 'WAS_CHARGED' ? 1 : 0;
      run = await ended(await launch(videoId), lives);
    }
    expect(run).toMatchObject({ status: 'COMPLETED', errorCode: null });
    const bought = (await google.ledger()).filter(({ chargedMicroUsd }) => chargedMicroUsd > 0);
    expect(bought).toHaveLength(2 + lost);

    type Clip = { clip: { url: string; fileSizeBytes: number; thumbnail: object | null } };
    const { video } = await ask<{ video: { moments: { edges: { node: Clip }[] }; thumbnail: object } }>(
      `{ video(id: "${videoId}") { thumbnail { url } moments(first: 10) { edges { node { clip { url fileSizeBytes thumbnail { url } } } } } } }`,
    );
    const clips = video.moments.edges.map(({ node }) => node.clip);
    expect(clips).toHaveLength(run.totalMoments);
    for (const clip of clips) {
      const bytes = await (await fetch(clip.url)).arrayBuffer();
      expect(bytes.byteLength).toBe(clip.fileSizeBytes);
      expect(clip.thumbnail).not.toBeNull();
    }
    const stored = await readdir(join(database.dataDir, 'files'), { recursive: true, withFileTypes: true });
    const kept = stored.filter((entry) => entry.isFile() && !/\.(temporary|shelf)\b/.test(entry.parentPath));
    // Film, poster, copy, small pictures, waveform, the video's still; a clip and its still.
    expect(kept).toHaveLength(6 + 2 * clips.length);
  },
);

/**
 * A server brings in a 1080p film of hours: the most memory that it and each of its children held, and all together at one time.
 * `HOURS` (3) is how long the film is, `FPS` (25) its pictures a second, `MINUTES` (none) after which it is stopped where it is.
 * The film is a short one again and again, made by Debian's ffmpeg. With `TEST_DATABASE_URL` the rows lie in PostgreSQL, else in
 * the server itself. Linux.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryFolder } from '../test/support/temporary/folder.ts';
import { makeTestDatabase } from '../test/support/test-database.ts';
import { TEST_SECRET_KEY } from '../test/support/test-platform.ts';
import { forgetPeak, heldBy } from './process-memory.ts';

const HOURS = Number(process.env['HOURS'] ?? 3);
const FPS = Number(process.env['FPS'] ?? 25);
const MINUTES = Number(process.env['MINUTES'] ?? Infinity);
const MOST_MIB = 700;
const LOOK_MILLISECONDS = 500;
/** Until what its start took is given back. */
const REST_MILLISECONDS = 15_000;
/** A line of the table. */
const TELL_SECONDS = 60;

const folder = temporaryFolder('bench');
const database = await makeTestDatabase();
const ffmpeg = (...args: string[]) => execFileSync('ffmpeg', ['-v', 'error', '-y', ...args], { cwd: folder });

/** Half a minute that moves and has grain, at some 4 Mbit/s, again and again. */
function makeFilm(): void {
  const picture = `testsrc2=size=1920x1080:rate=${FPS},noise=alls=6:allf=t`;
  const inputs = ['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', 'anoisesrc=color=pink:amplitude=0.1'];
  const video = ['-c:v', 'libx264', '-preset', 'veryfast', '-b:v', '4M', '-pix_fmt', 'yuv420p', '-g', '250'];
  ffmpeg(
    ...inputs,
    '-t',
    '30',
    ...video,
    '-c:a',
    'aac',
    '-b:a',
    '128k',
    '-ac',
    '2',
    '-ar',
    '48000',
    'short.mp4',
  );
  const seconds = String(HOURS * 3_600);
  ffmpeg('-stream_loop', '-1', '-i', 'short.mp4', '-t', seconds, '-c', 'copy', 'talk.mp4');
}

function startServer() {
  const flags = ['--max-semi-space-size=8', '--no-allocation-site-pretenuring', 'src/main.ts', 'serve'];
  return spawn(process.execPath, flags, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      TMPDIR: tmpdir(),
      VIDPIPE_DATA_DIR: database.dataDir,
      ...(database.databaseUrl !== null && {
        DATABASE_URL: database.databaseUrl,
        VIDPIPE_SECRET_KEY: TEST_SECRET_KEY,
      }),
      VIDPIPE_INGEST_PATH: folder,
      PORT: '0',
      LOG_LEVEL: 'warn',
    },
  });
}

makeFilm();
const server = startServer();
process.once('exit', () => server.kill('SIGKILL'));
const url = await new Promise<string>((resolve) => {
  createInterface(server.stdout).on('line', (line) => {
    const [found] = /http:\S+\/graphql/.exec(line) ?? [];
    if (found !== undefined) resolve(found);
  });
});

async function ask<Data>(query: string): Promise<Data> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return ((await response.json()) as { data: Data }).data;
}

const pid = server.pid ?? 0;
await delay(REST_MILLISECONDS);
forgetPeak(pid);
const atRest = heldBy(pid).reduce((sum, { sharedFairlyKib }) => sum + sharedFairlyKib, 0);

type Run = { status: string; stage: string | null; percent: number; errorMessage: string | null };

const { ingestVideo } = await ask<{ ingestVideo: { run: { id: string } } }>(
  'mutation { ingestVideo(input: { path: "talk.mp4", title: "A talk" }) { ... on IngestVideoPayload { run { id } } } }',
);
const look = async () =>
  (
    await ask<{ pipelineRun: Run }>(
      `{ pipelineRun(id: "${ingestVideo.run.id}") { status stage percent errorMessage } }`,
    )
  ).pipelineRun;

const peaks = new Map<string, number>();
let together = 0;
const mib = (kib: number) => `${Math.round(kib / 1_024)} MiB`;

function measure(): string {
  const held = heldBy(pid);
  for (const { script, peakKib } of held) peaks.set(script, Math.max(peaks.get(script) ?? 0, peakKib));
  const now = held.reduce((sum, { sharedFairlyKib }) => sum + sharedFairlyKib, 0);
  together = Math.max(together, now);
  return held
    .filter(({ script }) => script !== 'other')
    .map(({ script, sharedFairlyKib }) => `${script} ${mib(sharedFairlyKib)}`)
    .join(', ');
}

console.log(`${HOURS} h of 1080p at ${FPS} pictures a second`);
const started = performance.now();
const minutes = () => (performance.now() - started) / 60_000;
let run = await look();
for (let told = 0; ['QUEUED', 'RUNNING'].includes(run.status) && minutes() < MINUTES; run = await look()) {
  const held = measure();
  if (minutes() * 60 >= told) {
    console.log(
      `${minutes().toFixed(1)} min  ${run.stage ?? run.status} ${run.percent.toFixed(1)} %  ${held}`,
    );
    told += TELL_SECONDS;
  }
  await delay(LOOK_MILLISECONDS);
}

console.log(
  `${run.status} after ${minutes().toFixed(1)} min at ${run.percent.toFixed(1)} % ${run.errorMessage ?? ''}`,
);
for (const [script, peak] of peaks) console.log(`${script.padEnd(20)} at most ${mib(peak)}`);
console.log(`all together         at most ${mib(together)} (issue: below ${MOST_MIB} MB)`);
console.log(`the server before it  ${mib(atRest)}`);
server.kill('SIGKILL');
await once(server, 'close');
await database.remove();
process.exit();

/**
 * From a prompt to a 16-second film, beside the least that any program must do for it: encoding as
 * many frames of one size. The ratio says what storyboard, drawing, camera, voice, database, queue
 * and stitching add; it holds on any machine, the seconds do not.
 */
import path from 'node:path';
import { generateFilm } from '../src/features/pipelines/confirm/launch.ts';
import { runInChild } from '../src/media/child/child.ts';
import { type Ctx, LOCAL_WORKSPACE_ID } from '../src/platform/context.ts';
import { openLog } from '../src/platform/log.ts';
import { openPlatform } from '../src/platform/platform.ts';
import { policies } from '../src/worker/handlers.ts';
import { startWorker } from '../src/worker/worker.ts';
import { runEnd } from '../test/support/run-end.ts';
import { temporaryFolder } from '../test/support/temporary/folder.ts';
import type { EncodeJob } from './encode.child.ts';

const ROUNDS = 3;
const SCENES = 4;
const CLIP_SECONDS = 4;
const CORES = 2;
const PROMPT =
  'A lighthouse wakes at dusk. A ship finds its way home. The keeper smiles. Morning comes over the bay.';

const directory = temporaryFolder('bench');
const log = openLog('warn');
const platform = await openPlatform({ databaseUrl: null, dataDir: directory, policies }, log);
const ctx: Ctx = { ...platform, actor: { name: 'bench', workspaceId: LOCAL_WORKSPACE_ID } };
const worker = await startWorker(ctx, { concurrency: CORES, log });

async function makeFilm(): Promise<void> {
  const { run } = await generateFilm(ctx, {
    prompt: PROMPT,
    targetClipDuration: CLIP_SECONDS,
    targetDuration: SCENES * CLIP_SECONDS,
    stopAfter: null,
    crossfadeSeconds: 0,
    idempotencyKey: null,
  });
  const { status, errorMessage } = await runEnd(ctx, run.id);
  if (status !== 'COMPLETED') throw new Error(`The run ended ${status}: ${errorMessage}`);
}

const encode = (file: string) =>
  runInChild(new URL('./encode.child.ts', import.meta.url), {
    file: path.join(directory, file),
    frames: CLIP_SECONDS * 24,
    width: 1280,
    height: 720,
    frameRate: 24,
  } satisfies EncodeJob);

/** As many frames, as many at a time. */
async function encodeBare(): Promise<void> {
  await Promise.all([encode('a.mp4'), encode('b.mp4')]);
  await Promise.all([encode('c.mp4'), encode('d.mp4')]);
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
}

console.log(`${SCENES * CLIP_SECONDS} s of film, ${CORES} clips at a time`);
console.log('round   film s   bare encode s   ratio');
const ratios: number[] = [];
for (let round = 1; round <= ROUNDS; round++) {
  const film = await seconds(makeFilm);
  const bare = await seconds(encodeBare);
  ratios.push(film / bare);
  console.log(
    `${round}       ${film.toFixed(2).padStart(6)}   ${bare.toFixed(2).padStart(13)}   ${(film / bare).toFixed(2)}`,
  );
}
console.log(`median ratio ${ratios.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]?.toFixed(2)}`);

await worker.close();
await platform.close();

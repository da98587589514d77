/** One process of the engine benchmark; its orders come over IPC. */
import { once } from 'node:events';
import { newId } from '../src/core/ids.ts';
import { confirmJob } from '../src/features/jobs/confirm-job.ts';
import { previewJob } from '../src/features/jobs/preview/preview-job.ts';
import { createProject } from '../src/features/projects/project.ts';
import { launchRun } from '../src/features/pipelines/confirm/launch.ts';
import { isEnded } from '../src/features/runs/run-state.ts';
import { type Ctx, LOCAL_WORKSPACE_ID } from '../src/platform/context.ts';
import { RunStatus } from '../src/generated/prisma/enums.ts';
import { openLog } from '../src/platform/log.ts';
import { openPlatform } from '../src/platform/platform.ts';
import { installProvider } from '../src/providers/registry.ts';
import { policies } from '../src/worker/handlers.ts';
import { jobs as rowsOfJobs } from '../src/worker/jobs.ts';
import { startWorker } from '../src/worker/worker.ts';
import { instantFlows, instantRenderer } from '../test/support/instant-provider.ts';

export type EngineOrder = {
  /** Steps of a queue alone; films that are launched one by one; films that are the rows of a job. */
  kind: 'bare' | 'vidpipe' | 'batch';
  role: 'launch' | 'work' | 'grow';
  runs: number;
  databaseUrl: string;
  dataDir: string;
};
/** What a worker holds after so many steps, in megabytes, garbage aside: in its heap, and of the machine's memory. */
export type EngineReport = { steps?: number; heapMegabytes?: number; residentMegabytes?: number };

/** Storyboard, three keyframes, two clips, stitch. */
const STEPS = 7;
const CONCURRENCY = 4;
const CHAIN = 'chain';
const PROMPT = 'A lighthouse wakes at dusk. A ship finds its way home.';
/** So that no worker waits for the next row. */
const ROWS_AT_ONCE = 16;
const ENDED = Object.values(RunStatus).filter(isEnded);

const [order] = (await once(process, 'message')) as [EngineOrder];
const log = openLog('warn');
installProvider(instantRenderer);
const platform = await openPlatform(
  {
    databaseUrl: order.databaseUrl,
    dataDir: order.dataDir,
    policies: { ...policies, [CHAIN]: { retryLimit: 2, retryDelaySeconds: 1 } },
  },
  log,
);
const ctx: Ctx = { ...platform, actor: { name: 'bench', workspaceId: LOCAL_WORKSPACE_ID } };
const report = (message: EngineReport) => process.send?.(message);

if (order.role === 'grow') await grow();
else {
  report({});
  await once(process, 'message');
  if (order.role === 'work') await work();
  else await launch();
}

async function work(): Promise<void> {
  if (order.kind !== 'bare') {
    const tasks = order.kind === 'batch' ? [rowsOfJobs] : [];
    await startWorker(ctx, { concurrency: CONCURRENCY, log, flows: instantFlows, tasks });
    return;
  }
  await platform.queue.boss.work<{ run: string; step: number }>(
    CHAIN,
    { localConcurrency: CONCURRENCY, pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5 },
    async ([job]) => {
      if (job && job.data.step < STEPS) await sendLink(job.data.run, job.data.step + 1);
    },
  );
}

function sendLink(run: string, step: number) {
  return platform.queue.boss.send(CHAIN, { run, step }, { singletonKey: `${run}:${step}` });
}

async function launch(): Promise<void> {
  if (order.kind === 'batch') return launchJob();
  const isVidpipe = order.kind === 'vidpipe';
  for (let run = 0; run < order.runs; run += 1) await (isVidpipe ? launchFilm() : sendLink(newId(), 1));
  report({});
  while ((isVidpipe ? await endedRuns() : await endedChains()) < order.runs) await pause();
  report({});
}

/** A job of the same films, which starts them itself: that counts too. */
async function launchJob(): Promise<void> {
  const rows = Array.from({ length: order.runs }, (_, index) => ({
    prompt: `${PROMPT} It is day ${index}.`,
  }));
  const job = await previewJob(ctx, {
    kind: 'FILM',
    source: { fileName: null, content: new Blob([rows.map((row) => JSON.stringify(row)).join('\n')]) },
    mapping: {},
    defaults: { targetClipDuration: 4, targetDuration: 8 },
    concurrency: ROWS_AT_ONCE,
    maxRowCostCents: null,
  });
  report({});
  await once(process, 'message');
  const { id: jobId, digest } = job;
  await confirmJob(ctx, { jobId, digest, maxCostCents: null, onlyValidRows: false, withDuplicates: false });
  while ((await platform.db.job.findUniqueOrThrow({ where: { id: jobId } })).status === 'RUNNING')
    await pause();
  report({});
}

async function launchFilm(): Promise<void> {
  const { id: projectId } = await createProject(ctx, {
    prompt: PROMPT,
    targetClipDuration: 4,
    targetDuration: 8,
  });
  await launchRun(ctx, { projectId, stopAfter: null, crossfadeSeconds: 0, idempotencyKey: null });
}

function endedRuns(): Promise<number> {
  return platform.db.pipelineRun.count({ where: { status: { in: ENDED } } });
}

async function endedChains(): Promise<number> {
  const jobs = await platform.db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM pgboss.job
    WHERE name = ${CHAIN} AND state = 'completed' AND (data->>'step')::int = ${STEPS}`;
  return jobs[0]?.n ?? 0;
}

/** Works on 10,000 steps and says after each 1,000 what memory is held. */
async function grow(): Promise<void> {
  await startWorker(ctx, { concurrency: CONCURRENCY, log, flows: instantFlows });
  for (let steps = 1_000; steps <= 10_000; steps += 1_000) {
    await endRuns(Math.ceil(steps / STEPS));
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    report({ steps, heapMegabytes: heapUsed / 2 ** 20, residentMegabytes: rss / 2 ** 20 });
  }
  process.disconnect();
}

/** Launches runs until so many have ended, a few ahead of the worker. */
async function endRuns(runs: number): Promise<void> {
  for (let ended = await endedRuns(); ended < runs; ended = await endedRuns()) {
    const waiting = await platform.db.pipelineRun.count({ where: { completedAt: null } });
    await (waiting < 50 && ended + waiting < runs ? launchFilm() : pause());
  }
}

function pause() {
  return new Promise((resolve) => setTimeout(resolve, 50));
}

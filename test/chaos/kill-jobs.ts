import { rm } from 'node:fs/promises';
import { type Client, createClient, type SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';
import { requireId } from '../../src/core/ids.ts';
import { openLog } from '../../src/platform/log.ts';
import { openPlatform } from '../../src/platform/platform.ts';
import { policies } from '../../src/worker/handlers.ts';
import { freePort } from '../support/free-port.ts';
import { startPaidProvider, type PaidProviderProcess } from '../support/paid-provider/start.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { type JobClient, jobClientOf } from './job-client.ts';
import { type Machine, startMachine } from './machine.ts';

export type JobOrdeal = {
  kills: number;
  rows: number;
  /** Rows that did not end with their result. */
  unfinished: number;
  /** Rows of which the provider sold another storyboard without a person's word that the one before was lost. */
  notOnce: string[];
  /** Counters that differ from the rows. */
  miscounted: string[];
  /** Whether what subscribers of `jobProgress` were shown ever went back. */
  wentBack: boolean;
  /** Moves of rows that a subscriber with a cursor heard other than once. */
  misheard: number;
  mishaps: string[];
  seconds: number;
};

export type JobSetting = { rows: number; kills: number; databaseUrl: string | null };

/** Longest life of a process between two kills, in milliseconds from when it is ready. */
const LONGEST_LIFE_MS = 3_000;
/** Seconds after the last kill in which everything must be finished. */
const FINISH_SECONDS = 600;

/** Lets the rows of a job be made while API and workers are killed at random moments, then looks at books and rows. */
export async function killJobs(setting: JobSetting): Promise<JobOrdeal> {
  const started = Date.now();
  const dataDir = temporaryFolder('kill-jobs');
  const port = await freePort();
  const provider = await startPaidProvider();
  const env = {
    VIDPIPE_DATA_DIR: dataDir,
    PORT: String(port),
    PAID_PROVIDER_URL: provider.url,
    ...(setting.databaseUrl !== null && { DATABASE_URL: setting.databaseUrl }),
  };
  const machines = await startMachines(setting.databaseUrl !== null, env);
  const client = jobClientOf(`http://127.0.0.1:${port}`);
  try {
    const job = await client.preview(
      Array.from({ length: setting.rows }, (_, index) => ({ prompt: promptOf(index) })),
    );
    const audience = listen(`ws://127.0.0.1:${port}/graphql`, job);
    await client.confirm(job);
    const lost: string[] = [];
    for (let kill = 0; kill < setting.kills; kill += 1) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_LIFE_MS));
      await machines[kill % machines.length]?.restart();
      await lookAfter(client, provider, job.id, lost);
    }
    const end = Date.now() + FINISH_SECONDS * 1_000;
    while (Date.now() < end && !(await lookAfter(client, provider, job.id, lost)))
      await new Promise((resolve) => setTimeout(resolve, 500));
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const heard = await audience.stop();
    for (const machine of machines) await machine.stop();
    const mishaps = machines.flatMap((machine) => machine.mishaps());
    const verdict = await judge(
      { dataDir, databaseUrl: setting.databaseUrl },
      provider,
      job.id,
      heard.moves,
      lost,
    );
    const seconds = Math.round((Date.now() - started) / 1_000);
    const { rows, kills } = setting;
    return { ...verdict, kills, rows, wentBack: heard.wentBack, mishaps, seconds };
  } finally {
    for (const machine of machines) machine.kill('SIGKILL');
    await provider.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** A word that no other row has. */
const promptOf = (index: number) => `A fox called row${index}x wakes.`;

async function startMachines(isShared: boolean, env: Record<string, string>): Promise<Machine[]> {
  if (!isShared) return [await startMachine([], env)];
  const api = await startMachine(['--role', 'api'], env);
  const worker = () => startMachine(['--role', 'worker'], env);
  return [api, await worker(), await worker()];
}

/**
 * Settles what nobody knows with what the provider's own books say, and retries those rows.
 *
 * @param lost gets the prompt of each storyboard that was paid for and is lost.
 * @returns whether all have their result.
 */
async function lookAfter(
  client: JobClient,
  provider: PaidProviderProcess,
  jobId: string,
  lost: string[],
): Promise<boolean> {
  const { status, totalRows, successfulRows } = await client.job(jobId);
  if (successfulRows === totalRows) return true;
  const waiting = await client.rowsWithout(jobId);
  if (waiting.length === 0) return false;
  const books = await provider.ledger();
  for (const { prompt, unknown } of waiting)
    for (const operationKey of unknown) {
      const sold = books.filter(({ kind, subject }) => kind === 'STORYBOARD' && subject === prompt).length;
      const isCharged = sold > lost.filter((one) => one === prompt).length;
      await client.settle(operationKey, isCharged ? 'WAS_CHARGED' : 'NOT_CHARGED');
      if (isCharged) lost.push(prompt);
    }
  if (status !== 'CANCELLED') await client.retry(jobId);
  return false;
}

type Heard = { moves: string[]; wentBack: boolean };

/** Hears an operation again and again, until it is told to stop: the API it came from is killed now and then. */
async function hear(
  socket: Client,
  signal: AbortSignal,
  payload: () => SubscribePayload,
  take: (data: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const { data } of socket.iterate(payload())) if (data) take(data);
    } catch {
      // It comes back.
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

type Progress = { jobProgress: { job: { successfulRows: number } | null } };
type RowEvent = { cursor: string; subjectId?: string; previousStatus?: string; status?: string };

/** Two subscribers that come back by themselves: one to the job's progress, one with a cursor to the moves of its rows. */
function listen(url: string, { id: jobId, cursor: start }: { id: string; cursor: string }) {
  const socket = createClient({
    url,
    webSocketImpl: WebSocket,
    // Its own tries would ask from the same place again.
    retryAttempts: 0,
  });
  const stopping = new AbortController();
  const heard: Heard = { moves: [], wentBack: false };
  let [finished, cursor] = [0, start];
  void hear(
    socket,
    stopping.signal,
    () => ({
      query: 'subscription ($jobId: ID!) { jobProgress(jobId: $jobId) { job { successfulRows } } }',
      variables: { jobId },
    }),
    (data) => {
      const { job } = (data as Progress).jobProgress;
      const now = job?.successfulRows ?? finished;
      if (now < finished) heard.wentBack = true;
      finished = now;
    },
  );
  void hear(
    socket,
    stopping.signal,
    () => ({
      query: `subscription ($after: String) { workspaceEvents(types: [JOB_ROW_CHANGED], after: $after) {
        ... on LiveEvent { cursor } ... on JobRowChanged { subjectId previousStatus status } } }`,
      variables: { after: cursor },
    }),
    (data) => {
      const { workspaceEvents: event } = data as { workspaceEvents: RowEvent };
      cursor = event.cursor;
      if (event.subjectId) heard.moves.push(`${event.subjectId} ${event.previousStatus} ${event.status}`);
    },
  );
  return {
    async stop(): Promise<Heard> {
      stopping.abort();
      await socket.dispose();
      return heard;
    },
  };
}

async function judge(
  home: { dataDir: string; databaseUrl: string | null },
  provider: PaidProviderProcess,
  jobId: string,
  heard: readonly string[],
  lost: readonly string[],
) {
  const books = await provider.ledger();
  const platform = await openPlatform({ ...home, policies }, openLog('fatal'));
  try {
    const id = requireId('Job', jobId, ['jobId']);
    const job = await platform.db.job.findUniqueOrThrow({ where: { id } });
    const rows = await platform.db.jobRow.findMany({ where: { jobId: id } });
    const notOnce = rows.flatMap(({ rowNumber, input }) => {
      const { prompt } = input as { prompt: string };
      const sold = books.filter(({ kind, subject }) => kind === 'STORYBOARD' && subject === prompt).length;
      const wanted = 1 + lost.filter((one) => one === prompt).length;
      return sold === wanted ? [] : [`row ${rowNumber}: ${sold}, not ${wanted}`];
    });
    const count = (statuses: string[]) => rows.filter(({ status }) => statuses.includes(status)).length;
    const counted: [string, number, number][] = [
      ['totalRows', job.totalRows, rows.length],
      ['successfulRows', job.successfulRows, count(['COMPLETED'])],
      ['failedRows', job.failedRows, count(['FAILED'])],
      ['reviewRows', job.reviewRows, count(['NEEDS_REVIEW'])],
      ['processingRows', job.processingRows, count(['PROCESSING'])],
      ['processedRows', job.processedRows, rows.length - count(['PENDING', 'PROCESSING'])],
    ];
    const miscounted = counted
      .filter(([, told, real]) => told !== real)
      .map(([name, told, real]) => `${name} ${told}, not ${real}`);
    const entries = await platform.db.auditLog.findMany({
      where: { subjectType: 'JobRow', subjectId: { in: rows.map((row) => row.id) } },
      orderBy: { sequence: 'asc' },
    });
    const logged = entries.map(({ subjectId, details }) => {
      const { from, to } = details as { from: string; to: string };
      return `job_row_${subjectId} ${from} ${to}`;
    });
    const misheard =
      logged.filter((move, index) => move !== heard[index]).length + Math.abs(logged.length - heard.length);
    return { unfinished: rows.length - count(['COMPLETED']), notOnce, miscounted, misheard };
  } finally {
    await platform.close();
  }
}

import { rm } from 'node:fs/promises';
import { type Client, createClient, type SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';
import { freePort } from '../support/free-port.ts';
import { startPaidProvider } from '../support/paid-provider/start.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { jobClientOf } from './job-client.ts';
import { lookAfter } from './job-settling.ts';
import { judgeJob } from './judge-job.ts';
import { startMachines } from './machine.ts';

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
/** Seconds after the last kill in which everything must be finished, and more for each row. */
const FINISH_SECONDS = 600;
const ROW_SECONDS = 2;

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
    const job = await client.preview(Array.from({ length: setting.rows }, (_, index) => promptOf(index)));
    const audience = listen(`ws://127.0.0.1:${port}/graphql`, job);
    await client.confirm(job);
    const lost: string[] = [];
    for (let kill = 0; kill < setting.kills; kill += 1) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_LIFE_MS));
      await machines[kill % machines.length]?.restart();
      await lookAfter(client, provider, job.id, lost);
    }
    const end = Date.now() + (FINISH_SECONDS + ROW_SECONDS * setting.rows) * 1_000;
    while (Date.now() < end && !(await lookAfter(client, provider, job.id, lost)))
      await new Promise((resolve) => setTimeout(resolve, 500));
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const heard = await audience.stop();
    for (const machine of machines) await machine.stop();
    const mishaps = machines.flatMap((machine) => machine.mishaps());
    const verdict = await judgeJob(
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

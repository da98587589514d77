import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { encodeGlobalId, requireId } from '../../src/core/ids.ts';
import { skipRows } from '../../src/features/jobs/control/skip-rows.ts';
import { previewJob } from '../../src/features/jobs/preview/preview-job.ts';
import { ask, confirm, type AskedJob } from './support/job.ts';
import { hasEnded, useJobs } from './support/use-jobs.ts';

const { api, until } = useJobs();

const FILMS = 30;
/** Rows that move much faster than films are made: somebody leaves them out, one by one. */
const LEFT_OUT = 150;
const ROWS = FILMS + LEFT_OUT;
const EVERY_MILLISECONDS = 250;
/** The default, a second, is less than a machine with much else to do takes. */
const PATIENCE = { timeout: 60_000 };
/** As often as it may be asked for in one operation: a few events are more than the buffers of the operating system. */
const MUCH = Array.from({ length: 100 }, (_, index) => `much${index}: originalCommand`).join(' ');
const QUERY = `subscription ($jobId: ID!) { jobProgress(jobId: $jobId) {
  job { status processedRows successfulRows failedRows rowsPerMinute estimatedSecondsLeft cost { settledMicroUsd } ${MUCH} } } }`;

async function previewed(): Promise<AskedJob> {
  const lines = Array.from({ length: ROWS }, (_, index) => `Scene ${index}.`);
  const { id } = await previewJob(api.ctx, {
    kind: 'FILM',
    source: { fileName: 'films.csv', content: new Blob([['prompt', ...lines].join('\n')]) },
    mapping: {},
    defaults: { targetDuration: 4 },
    concurrency: 2,
    maxRowCostCents: null,
    originalCommand: 'x'.repeat(2_000),
  });
  return ask(api, encodeGlobalId('Job', id));
}

type Shown = Pick<AskedJob, 'status' | 'processedRows' | 'successfulRows' | 'failedRows'>;
type Message = { type: string; payload?: { data?: { jobProgress: { job: Shown } } } };

/** A reader with nothing between it and the wire. */
async function follow(jobId: string) {
  const socket = new WebSocket(`${api.api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  const messages: Message[] = [];
  socket.on('message', (data: Buffer) => messages.push(JSON.parse(String(data)) as Message));
  socket.send('{"type":"connection_init"}');
  await vi.waitFor(() => expect(messages).toHaveLength(1), PATIENCE);
  const payload = { query: QUERY, variables: { jobId } };
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
  await vi.waitFor(() => expect(messages.at(-1)?.type).toBe('next'), PATIENCE);
  return {
    socket,
    shown: () => messages.flatMap(({ payload: { data } = {} }) => data?.jobProgress.job ?? []),
    hasEnded: () => expect(messages.at(-1)?.type).toBe('complete'),
  };
}

const processedIn = (shown: Shown[]) => shown.map(({ processedRows }) => processedRows);
const inOrder = (numbers: number[]) => numbers.toSorted((a, b) => a - b);

test(
  'who follows a busy job is told some times a second; who stops reading, of less and then the newest; nobody of less than before',
  { tags: 'long' },
  async () => {
    const job = await previewed();
    const [quick, stuck] = [await follow(job.id), await follow(job.id)];
    stuck.socket.pause();
    const started = performance.now();
    await confirm(job, api);
    for (let row = ROWS; row > FILMS; row -= 1)
      await skipRows(api.ctx, { jobId: requireId('Job', job.id, []), rowNumbers: [row + 1] });
    const end = await until(job, hasEnded);
    await vi.waitFor(quick.hasEnded, PATIENCE);
    const slots = (performance.now() - started) / EVERY_MILLISECONDS;
    stuck.socket.resume();
    await vi.waitFor(stuck.hasEnded, PATIENCE);

    expect(quick.shown().length).toBeLessThan(Math.min(slots + 5, ROWS / 2));
    expect(quick.shown().length).toBeGreaterThan(5);
    expect(stuck.shown().length).toBeLessThan(quick.shown().length);
    for (const { socket, shown } of [quick, stuck]) {
      expect(processedIn(shown())).toEqual(inOrder(processedIn(shown())));
      expect(shown().at(-1)).toMatchObject({
        status: end.status,
        processedRows: ROWS,
        successfulRows: end.successfulRows,
        failedRows: end.failedRows,
      });
      socket.terminate();
    }
  },
);

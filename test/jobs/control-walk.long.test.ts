/** Random orders of what people do to a job at work, two at a time, with a worker that comes and goes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openLog } from '../../src/platform/log.ts';
import { jobs } from '../../src/worker/jobs.ts';
import { polls } from '../../src/worker/polls.ts';
import { startWorker } from '../../src/worker/worker.ts';
import { instantFlows } from '../support/instant-provider.ts';
import { useTestApi } from '../support/test-api.ts';
import { useInstantProvider } from '../support/use-instant-provider.ts';
import { ask, confirm, preview, rowsOf, tell } from './support/job.ts';
import { hasEnded } from './support/use-jobs.ts';

const provider = useInstantProvider();
const api = useTestApi();
const ROWS = 6;

const deed = fc.oneof(
  fc
    .constantFrom('pauseJob', 'pauseNow', 'resumeJob', 'retryFailed', 'fail', 'wait', 'restart')
    .map((name) => ({ name, row: 0 })),
  fc.record({ name: fc.constantFrom('skipRow', 'retryRow'), row: fc.integer({ min: 1, max: ROWS }) }),
);

const start = () =>
  startWorker(api.ctx, { concurrency: 3, log: openLog('silent'), flows: instantFlows, tasks: [polls, jobs] });

test(
  'whatever people do and in whatever order, no row runs twice at once, none is bought twice, and counters are exact',
  { timeout: 240_000 },
  async () => {
    let word = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 4, maxLength: 14 }), async (deeds) => {
        word += 1;
        let worker = await start();
        const rows = Array.from({ length: ROWS }, (_, index) => ({
          prompt: `Word ${word} of row ${index}.`,
        }));
        const job = await preview(api, rows, { concurrency: 2 });
        await confirm(job, api);
        const does: Record<string, (row: number) => Promise<unknown>> = {
          pauseJob: () => tell(api, 'pauseJob', { jobId: job.id }),
          pauseNow: () => tell(api, 'pauseJob', { jobId: job.id, now: true }),
          resumeJob: () => tell(api, 'resumeJob', { jobId: job.id }),
          // By two people at once.
          retryFailed: () =>
            Promise.all(
              [1, 2].map(() => tell(api, 'retryRows', { jobId: job.id, statuses: ['FAILED', 'SKIPPED'] })),
            ),
          retryRow: (row) => tell(api, 'retryRows', { jobId: job.id, rowNumbers: [row] }),
          skipRow: (row) => tell(api, 'skipRows', { jobId: job.id, rowNumbers: [row] }),
          fail: async () => void (provider().failSubmit = { outcome: 'REFUSED', bought: false }),
          wait: () => new Promise((resolve) => setTimeout(resolve, 60)),
          restart: async () => {
            await worker.close();
            worker = await start();
          },
        };
        try {
          for (const { name, row } of deeds) await does[name]?.(row);
          provider().failSubmit = null;
          await tell(api, 'resumeJob', { jobId: job.id });
          await expect
            .poll(async () => hasEnded(await ask(api, job.id)), { timeout: 20_000, interval: 50 })
            .toBe(true);
          await tell(api, 'retryRows', { jobId: job.id, statuses: ['FAILED', 'SKIPPED'] });
          await expect
            .poll(async () => (await ask(api, job.id)).successfulRows, { timeout: 20_000, interval: 50 })
            .toBe(ROWS);
          const ended = await ask(api, job.id);
          expect(ended).toMatchObject({
            status: 'COMPLETED',
            processedRows: ROWS,
            failedRows: 0,
            skippedRows: 0,
            processingRows: 0,
          });
          const projects = (await rowsOf(api, job)).map(({ projectId }) => projectId);
          expect(new Set(projects).size).toBe(ROWS);
          const made = await api.db.project.count({ where: { prompt: { startsWith: `Word ${word} of` } } });
          expect(made).toBe(ROWS);
          const clips = await api.db.videoClip.groupBy({
            by: ['sceneId'],
            where: { status: 'COMPLETE', scene: { project: { prompt: { startsWith: `Word ${word} of` } } } },
            _count: true,
          });
          expect(clips.filter(({ _count: count }) => count > 1)).toEqual([]);
        } finally {
          await worker.close();
        }
      }),
      { numRuns: Number(process.env['RUNS'] ?? 3), endOnFailure: true },
    );
  },
);

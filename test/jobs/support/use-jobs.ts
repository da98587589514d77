import { afterAll, beforeAll, vi } from 'vitest';
import { openLog } from '../../../src/platform/log.ts';
import { jobs } from '../../../src/worker/jobs.ts';
import { polls } from '../../../src/worker/polls.ts';
import { startWorker, type Worker } from '../../../src/worker/worker.ts';
import { type InstantProvider, instantFlows } from '../../support/instant-provider.ts';
import { type TestApi, type TestApiOptions, useTestApi } from '../../support/test-api.ts';
import { useInstantProvider } from '../../support/use-instant-provider.ts';
import { ask, type AskedJob } from './job.ts';

/** As long as a machine may take that does much else; a job that stands still is told of by the test then. */
const JOB_MILLISECONDS = 120_000;

export type JobsFixture = {
  api: TestApi;
  provider: () => InstantProvider;
  /** Waits until a job is as it is meant to be, and tells what it is then. */
  until: (job: Pick<AskedJob, 'id'>, isMeant: (job: AskedJob) => boolean) => Promise<AskedJob>;
};

/** For a file of tests: a server whose jobs are worked on, with films that are paid for and made at once. */
export function useJobs(options: TestApiOptions = {}): JobsFixture {
  const provider = useInstantProvider();
  const api = useTestApi(options);
  let worker: Worker;
  beforeAll(async () => {
    const log = openLog(process.env['LOG_LEVEL'] ?? 'silent');
    worker = await startWorker(api.ctx, { concurrency: 4, log, flows: instantFlows, tasks: [polls, jobs] });
  });
  afterAll(() => worker.close());
  return {
    api,
    provider,
    until: (job, isMeant) =>
      vi.waitFor(
        async () => {
          const now = await ask(api, job.id);
          if (!isMeant(now)) throw new Error(`The job stands otherwise: ${JSON.stringify(now)}`);
          return now;
        },
        { timeout: JOB_MILLISECONDS, interval: 50 },
      ),
  };
}

/** Whether a job has ended. */
export const hasEnded = ({ status }: AskedJob): boolean =>
  status === 'COMPLETED' || status === 'FAILED' || status === 'CANCELLED';

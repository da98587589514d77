import { serveChildJobs } from '../../../src/media/child/main.ts';

export type SteadyJob = 'WHO' | 'FAIL' | 'HANG';

serveChildJobs(async (job: { kind: SteadyJob }) => {
  if (job.kind === 'FAIL') throw new Error('the brush broke');
  if (job.kind === 'HANG') return new Promise(() => {});
  return process.pid;
});

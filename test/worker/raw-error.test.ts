import { expect, test } from 'vitest';
import { generateFilm, launchRun } from '../../src/features/pipelines/confirm/launch.ts';
import { openLog } from '../../src/platform/log.ts';
import { startWorker } from '../../src/worker/worker.ts';
import { takeRoom } from '../support/machine.ts';
import { ONE_SECOND } from '../support/one-second.ts';
import { runEnd } from '../support/run-end.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();

const ask = ONE_SECOND;

test(
  'why a step failed is in the log of its process as it was, with the path that clients are not told',
  { tags: 'long' },
  async () => {
    const lines: string[] = [];
    const log = openLog('warn', { write: (line) => void lines.push(line) });
    const { ctx } = platform;
    const worker = await startWorker(ctx, { concurrency: 1, log });
    const { project, run } = await generateFilm(ctx, { ...ask, stopAfter: 'KEYFRAMES' });
    await runEnd(ctx, run.id);
    await takeRoom(platform, project, 'clips');
    const { id } = await launchRun(ctx, { ...ask, stopAfter: null, projectId: project.id });
    const { status, errorMessage } = await runEnd(ctx, id);
    await worker.close();

    expect({ status, hasPath: errorMessage?.includes('/files/') }).toEqual({
      status: 'FAILED',
      hasPath: false,
    });
    const failures = lines.map((line) => JSON.parse(line) as { msg: string; runId?: string; err?: Error });
    expect(failures).toContainEqual(
      expect.objectContaining({
        msg: 'step failed',
        runId: id,
        err: expect.objectContaining({ message: expect.stringContaining('/files/') }),
      }),
    );
  },
);

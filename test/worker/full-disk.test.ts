import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateFilm } from '../../src/features/pipelines/confirm/launch.ts';
import type { Ctx } from '../../src/platform/context.ts';
import { openLog } from '../../src/platform/log.ts';
import { openLocalStorage } from '../../src/platform/storage/local-storage.ts';
import type { Storage } from '../../src/platform/storage/storage.ts';
import { startWorker } from '../../src/worker/worker.ts';
import { runEnd } from '../support/run-end.ts';
import { useSmallDisk } from '../support/small-disk.ts';
import { useTestPlatform } from '../support/test-platform.ts';

// One drawing fits, a film does not.
const disk = useSmallDisk('3m');

const ask = { prompt: 'A lighthouse wakes.', targetClipDuration: 1, targetDuration: 2 };
const options = { stopAfter: null, crossfadeSeconds: 0, idempotencyKey: null };

describe.skipIf(!disk.isMounted)('on a disk that is nearly full', () => {
  let storage: Storage;
  let ctx: Ctx;
  const platform = useTestPlatform();
  beforeAll(async () => {
    storage = await openLocalStorage(disk.directory);
    ctx = { ...platform.ctx, storage };
  });
  afterAll(() => storage.close());

  test('a run that would not fit is refused before it starts, saying what it needs', async () => {
    await expect(generateFilm(ctx, { ...ask, ...options })).rejects.toMatchObject({
      code: 'INSUFFICIENT_DISK',
      message: expect.stringMatching(/3 MB free.*may need \d+ MB/),
    });
    expect(await ctx.db.project.count()).toBe(0);
  });

  test(
    'a disk that fills up on the way fails the run by name and leaves nothing half-written',
    { tags: 'long' },
    async () => {
      // Somebody else takes the space after the check has passed.
      const optimistic: Ctx = { ...ctx, storage: { ...storage, freeBytes: async () => 1e12 } };
      const worker = await startWorker(optimistic, { concurrency: 1, log: openLog('fatal') });
      const { project, run } = await generateFilm(optimistic, { ...ask, ...options });
      const failed = await runEnd(ctx, run.id);
      await worker.close();

      expect(failed).toMatchObject({
        status: 'FAILED',
        errorCode: 'INSUFFICIENT_DISK',
        errorMessage: expect.stringMatching(/no space left/i),
      });
      const frames = await ctx.db.keyframe.findMany({ where: { scene: { projectId: project.id } } });
      for (const { filePath } of frames) expect(await storage.size(filePath)).toBeGreaterThan(0);
      expect(await disk.temporaryFiles()).toEqual([]);
    },
  );
});

/** Sends a signal to the process that stitches a film, as a person or a machine without memory would. */
import { readdir, readFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { generateFilm } from '../../src/features/pipelines/confirm/launch.ts';
import { runEnd } from '../support/run-end.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform({ workers: 2 });

/** Children of this process that run the stitcher. */
async function stitchers(): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const [command, status] = await Promise.all(
      ['cmdline', 'status'].map((file) => readFile(`/proc/${name}/${file}`, 'utf8').catch(() => '')),
    );
    const isOurs = new RegExp(`^PPid:\\s+${process.pid}$`, 'm').test(status ?? '');
    if (isOurs && command?.includes('stitch.child')) found.push(Number(name));
  }
  return found;
}

test.skipIf(process.platform !== 'linux')(
  'a film whose stitcher is stopped is complete within four minutes all the same',
  { timeout: 300_000 },
  async () => {
    const { run } = await generateFilm(platform.ctx, {
      prompt: 'A lighthouse. A ship. A storm.',
      targetClipDuration: 4,
      stopAfter: null,
      crossfadeSeconds: 1,
      idempotencyKey: null,
    });
    const stopped = await vi.waitFor(
      async () => {
        const [pid] = await stitchers();
        if (pid === undefined) throw new Error('Nobody stitches yet.');
        process.kill(pid, 'SIGSTOP');
        return pid;
      },
      { timeout: 120_000, interval: 20 },
    );
    const stoppedAt = performance.now();
    const end = await runEnd(platform.ctx, run.id);
    const seconds = (performance.now() - stoppedAt) / 1_000;
    console.info(`The film of a stopped stitcher was complete after ${seconds.toFixed(0)} s.`);

    expect(end).toMatchObject({ status: 'COMPLETED' });
    expect(seconds).toBeGreaterThan(60);
    expect(seconds).toBeLessThan(240);
    expect(await stitchers()).not.toContain(stopped);
  },
);

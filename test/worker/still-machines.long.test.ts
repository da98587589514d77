/** A database that stands still for a minute for two machines, while answers to purchases are in hand. */
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startMachine } from '../chaos/machine.ts';
import { findPostgres } from '../support/needs.ts';
import { type PaidFilm, useProxiedStudio } from '../support/paid-film.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';

const OPTIONS = { pollSeconds: 0.25, timeLimitSeconds: 30 };
const STILL_MS = 60_000;
const SOON = { timeout: 60_000, interval: 20 };

describe.skipIf(findPostgres() === null)('a database that stands still for a minute', () => {
  const { studio, proxy, databaseUrl } = useProxiedStudio(OPTIONS);

  /** A process of workers on a disk of its own, which shares the database and the files with this one. */
  async function startAnother(): Promise<{ actor: string }> {
    const dataDir = temporaryFolder('another');
    const machine = await startMachine(['--role', 'worker'], {
      VIDPIPE_DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl(),
      VIDPIPE_STORAGE_URL: `file://${path.dirname(studio.platform.storage.locationOf('any'))}`,
      PAID_PROVIDER_URL: studio.server.url,
      PAID_PROVIDER_OPTIONS: JSON.stringify(OPTIONS),
      PORT: '0',
      // It says that the database is away.
      LOG_LEVEL: 'fatal',
    });
    onTestFinished(() => machine.stop());
    return { actor: `:${machine.pid()}` };
  }

  const runOf = ({ runId }: PaidFilm) =>
    studio.platform.db.pipelineRun.findUnique({ where: { id: runId } }).catch(() => null);

  async function expectWhole(film: PaidFilm): Promise<void> {
    await expect
      .poll(() => runOf(film), { timeout: 150_000, interval: 500 })
      .toMatchObject({ status: expect.stringMatching(/^(COMPLETED|FAILED|PARTIAL)$/) });
    expect(await runOf(film)).toMatchObject({ status: 'COMPLETED', errorCode: null });
    expect(await film.bought('STORYBOARD')).toHaveLength(1);
    expect(await film.bought('KEYFRAME')).toHaveLength(2);
    expect(await film.bought('CLIP')).toHaveLength(1);
    expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
  }

  test(
    'for two machines, while a frame and a clip are bought: two films, without anything bought twice or unknown',
    { timeout: 300_000 },
    async () => {
      const another = await startAnother();
      const [filmed, drawn] = [studio.film({ scenes: 1 }), studio.film({ scenes: 1 })];
      await filmed.fault('SUBMIT', 1, { kind: 'SLOW', delayMs: 15_000 });
      await drawn.fault('KEYFRAME', 1, { kind: 'SLOW', delayMs: 3_000 });
      await filmed.launch();
      await expect.poll(async () => (await filmed.bought('CLIP')).length, SOON).toBe(1);
      await drawn.launch();
      await expect.poll(async () => (await drawn.bought('KEYFRAME')).length, SOON).toBe(1);
      expect(await filmed.clip(1), 'its answer is on its way too').toMatchObject({ operationName: null });
      proxy().swallow();
      await delay(STILL_MS);
      proxy().heal();
      await expectWhole(filmed);
      await expectWhole(drawn);
      const entries = await studio.platform.db.auditLog.findMany({
        where: { actor: { endsWith: another.actor } },
      });
      expect(entries.length, 'the other machine had a share in it').toBeGreaterThan(0);
    },
  );
});

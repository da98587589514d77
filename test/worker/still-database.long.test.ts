/** A database that stands still for a minute while the answer to a purchase is in hand; of a frame, in `still-machines`. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { findPostgres } from '../support/needs.ts';
import { useProxiedStudio } from '../support/paid-film.ts';

const STILL_MS = 60_000;
const SOON = { timeout: 30_000, interval: 20 };

describe.skipIf(findPostgres() === null)('a database that stands still for a minute', () => {
  const { studio, proxy } = useProxiedStudio();

  const runOf = (id: string) =>
    studio.platform.db.pipelineRun.findUnique({ where: { id } }).catch(() => null);

  test.each(['STORYBOARD', 'CLIP'] as const)(
    'while a %s is bought: it ends in a film, without anything bought twice or unknown',
    { timeout: 300_000 },
    async (kind) => {
      const film = studio.film({ scenes: 1 });
      const call = kind === 'CLIP' ? 'SUBMIT' : kind;
      await film.fault(call, kind === 'STORYBOARD' ? null : 1, { kind: 'SLOW', delayMs: 3_000 });
      await film.launch();
      await expect.poll(async () => (await film.bought(kind)).length, SOON).toBe(1);
      proxy().swallow();
      await delay(STILL_MS);
      proxy().heal();
      await expect
        .poll(() => runOf(film.runId), { timeout: 150_000, interval: 500 })
        .toMatchObject({ status: expect.stringMatching(/^(COMPLETED|FAILED|PARTIAL)$/) });
      expect(await runOf(film.runId)).toMatchObject({ status: 'COMPLETED', errorCode: null });
      expect(await film.bought('STORYBOARD')).toHaveLength(1);
      expect(await film.bought('KEYFRAME')).toHaveLength(2);
      expect(await film.bought('CLIP')).toHaveLength(1);
      expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
    },
  );
});

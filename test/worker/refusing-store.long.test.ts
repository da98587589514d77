/** A store that refuses everything for a minute in the middle of a run. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { probe } from '../../src/media/read/probe.ts';
import { useFixture } from '../support/fixture.ts';
import { openPaidStudio, type PaidFilm } from '../support/paid-film.ts';
import type { LedgerEntry } from '../support/paid-provider/protocol.ts';
import { startRefusingFront } from '../support/refusing-front.ts';
import { startS3Server } from '../support/s3-server.ts';

const REFUSED_MS = 60_000;
const SOON = { timeout: 60_000, interval: 20 };

const house = useFixture(
  async () => {
    const server = await startS3Server();
    const { port } = new URL(new URL(server.urlOf('films')).searchParams.get('endpoint') ?? '');
    const front = await startRefusingFront(Number(port));
    const storageUrl = `s3://films/films?endpoint=http://127.0.0.1:${front.port}`;
    const studio = await openPaidStudio({ storageUrl, operationMs: 2_000 });
    return { front, studio, server };
  },
  async ({ front, studio, server }) => {
    front.letThrough();
    await studio.remove();
    await front.close();
    await server.remove();
  },
);

async function refuseOnceSold(film: PaidFilm, kind: LedgerEntry['kind']): Promise<void> {
  await expect.poll(async () => (await film.bought(kind)).length, SOON).toBe(1);
  house.front.refuse();
  await delay(REFUSED_MS);
  house.front.letThrough();
}

describe('a store that refuses for a minute', () => {
  test.each(['STORYBOARD', 'KEYFRAME', 'CLIP'] as const)(
    'from the moment at which a %s is sold: the film is whole, and nothing is bought twice',
    { timeout: 300_000 },
    async (kind) => {
      const film = house.studio.film();
      await film.fault('KEYFRAME', 1, { kind: 'SLOW', delayMs: 300 });
      await film.launch();
      await refuseOnceSold(film, kind);
      expect(await film.end()).toMatchObject({ status: 'COMPLETED', errorCode: null });
      const sold = [...(await film.bought('KEYFRAME')), ...(await film.bought('CLIP'))];
      const what = sold.map((entry) => entry.kind);
      expect(what).toEqual(['KEYFRAME', 'KEYFRAME', 'KEYFRAME', 'CLIP', 'CLIP']);
      expect(await film.bought('STORYBOARD')).toHaveLength(1);
      expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
      const { filePath } = await film.newestFilm();
      const measured = await house.studio.platform.storage.withFiles([filePath], ([file = '']) =>
        probe(file),
      );
      expect(measured.durationSeconds).toBeCloseTo(2, 0);
      expect(await film.deadLetters()).toEqual([]);
    },
  );
});

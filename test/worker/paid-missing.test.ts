/** A clip whose provider, having named it, does not know it: one 404 never ends it, and what follows is a person's. */
import { describe, expect, test } from 'vitest';
import { resumeProject } from '../../src/features/pipelines/control/control.ts';
import { settleUnknownVideoClip } from '../../src/features/pipelines/control/settle-unknown-video-clip.ts';
import { usePaidStudio, type PaidFilm } from '../support/paid-film.ts';
import { CHARGES } from '../support/paid-provider/protocol.ts';

// The second 404 in a row is one too many.
const studio = usePaidStudio({ missingSeconds: 0, operationMs: 1_500 });

const ctx = () => studio.platform.ctx;
const resumed = async (film: PaidFilm) =>
  film.follow(await resumeProject(ctx(), { projectId: film.projectId })).end();

/** The price of a clip of a second, in micro-USD. */
const CLIP = CHARGES.SECOND_OF_CLIP;

describe('a poll', () => {
  test('one 404 ends nothing, also of a clip that was seen in progress', { tags: 'long' }, async () => {
    const film = await studio.film({ scenes: 1 }).launch({ stopAfter: 'CLIPS' });
    await expect
      .poll(() => film.clip(1), { timeout: 30_000, interval: 20 })
      .toMatchObject({ status: 'POLLING' });
    await film.fault('POLL', 1, { kind: 'STATUS', status: 404 });
    expect(await film.end()).toMatchObject({ status: 'COMPLETED', errorCode: null });
    expect(await film.clip(1)).toMatchObject({ status: 'COMPLETE', missingSince: null });
    expect(await film.onlyClip(1)).toMatchObject({ state: 'DONE', downloads: 1 });
    expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
  });

  test(
    '404 again once the time is over is left to a person, and nothing is bought before',
    { tags: 'long' },
    async () => {
      const film = studio.film();
      await film.fault('POLL', 2, { kind: 'STATUS', status: 404 }, 50);
      const unknown = { status: 'PARTIAL', errorCode: 'OUTCOME_UNKNOWN' };
      expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject(unknown);
      const errorMessage = expect.stringMatching(
        /404 {"error":"A scripted 404."}.*settle it with settleUnknownVideoClip/,
      );
      expect(await film.clip(2)).toMatchObject({ status: 'UNKNOWN', errorMessage });
      expect(await film.cost()).toMatchObject({ reserved: 0, unknown: CLIP });
      expect(await resumed(film)).toMatchObject(unknown);
      await studio.server.clearFaults();

      const { operationName } = await film.onlyClip(2);
      const outcome = { kind: 'HAS_OPERATION', operationName: operationName ?? '' } as const;
      film.follow(
        (await settleUnknownVideoClip(ctx(), { videoClipId: await film.videoClipId(2), outcome })).run,
      );
      expect(await film.end()).toMatchObject({ status: 'COMPLETED', errorCode: null });
      expect(await film.onlyClip(2)).toMatchObject({ downloads: 1 });
      expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
    },
  );
});

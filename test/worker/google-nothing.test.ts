/** An operation that is done and has nothing in it: nobody knows what it cost, and nothing of it is bought again. */
import { expect, test } from 'vitest';
import { resumeProject } from '../../src/features/pipelines/control/control.ts';
import { useGoogleStudio } from '../support/google-film.ts';

const studio = useGoogleStudio('VERTEX', { VIDPIPE_GOOGLE_VIDEO_MODEL: 'veo-3.1-generate-001' });

const NAME = 'projects/p/locations/us-central1/publishers/google/models/veo/operations/x';

test(
  '`done: true` alone is UNKNOWN in clip and ledger, and a resume buys nothing',
  { tags: 'long' },
  async () => {
    const film = studio.film({ scenes: 1 });
    const says = [{ status: 200, body: { name: NAME, done: true } }];
    const scenario = { name: 'nothing', at: 'POLL', says, money: 'NOBODY_KNOWS' } as const;
    await studio.server.play({ scenario, subject: film.tag });
    const asItIs = async () => ({
      clips: (await film.scenes()).map(({ status, clips: [clip] }) => [status, clip?.status]),
      entries: (await film.ledger()).filter(({ call }) => call === 'CLIP').map(({ kind }) => kind),
      cost: await film.cost(),
      clipsSold: (await film.bought('CLIP')).length,
      framesSold: (await film.bought('KEYFRAME')).length,
      storyboardsSold: (await film.bought('STORYBOARD')).length,
    });
    expect(await film.make()).toMatchObject({ errorCode: 'OUTCOME_UNKNOWN' });
    const made = await asItIs();
    expect(made).toMatchObject({
      clips: [['FAILED', 'UNKNOWN']],
      entries: ['RESERVE', 'UNKNOWN'],
      // All that was set aside: four seconds with sound.
      cost: { reserved: 0, unknown: 1_600_000 },
      clipsSold: 1,
      framesSold: 2,
      storyboardsSold: 1,
    });
    film.follow(await resumeProject(studio.platform.ctx, { projectId: film.projectId }));
    expect(await film.end()).toMatchObject({ errorCode: 'OUTCOME_UNKNOWN' });
    expect(await asItIs()).toEqual(made);
  },
);

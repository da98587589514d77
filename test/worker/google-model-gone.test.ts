/** A model that is gone when its clip is asked about: nothing more is bought, and the model is asked for anew. */
import { expect, test } from 'vitest';
import { resumeProject } from '../../src/features/pipelines/control/control.ts';
import { useGoogleStudio } from '../support/google-film.ts';
import { isQuestion } from '../support/google-server/routes.ts';
import { scenarioNamed } from '../support/google-server/scenarios.ts';

const VEO = 'veo-3.1-generate-001';
/** So slow that a second clip is still before it when the first is asked about. */
const studio = useGoogleStudio('VERTEX', {
  VIDPIPE_GOOGLE_VIDEO_MODEL: VEO,
  VIDPIPE_GOOGLE_CLIPS_PER_MINUTE: '1',
});

test(
  'a poll says so: no second clip, unknown money, and a resume knows of it',
  { tags: 'long' },
  async () => {
    const { ctx } = studio.platform;
    const film = studio.film();
    const ofFilm = async () =>
      (await studio.server.requests())
        .filter((request) => request.method === 'POST' && !isQuestion(request))
        .filter(({ body }) => JSON.stringify(body).includes(film.tag));
    await film.make({ stopAfter: 'KEYFRAMES' });
    const before = (await ofFilm()).length;
    await studio.server.play({ scenario: scenarioNamed('veo POLL model gone'), subject: film.tag, times: 1 });
    film.follow(await resumeProject(ctx, { projectId: film.projectId }));
    const run = await film.end();
    const words =
      /no longer available.*Asked on Vertex AI for veo-3\.1-generate-001\. .*VIDPIPE_GOOGLE_VIDEO_MODEL/;
    expect(run).toMatchObject({ status: 'FAILED', errorCode: 'MODEL_NOT_FOUND' });
    expect(run.errorMessage).toMatch(words);
    expect(await ofFilm()).toHaveLength(before + 1);
    const clips = (await film.scenes()).map(({ status, clips: [clip] }) => [status, clip?.status]);
    expect(clips).toContainEqual(['FAILED', 'UNKNOWN']);
    expect(clips).toContainEqual(['KEYFRAMES_DONE', undefined]);
    // All that was set aside: four seconds with sound.
    expect(await film.cost()).toMatchObject({ reserved: 0, unknown: 1_600_000 });

    // An hour's memory of a living model would hold; the poll has ended it.
    await studio.server.world({ deadModels: [VEO] });
    await expect(resumeProject(ctx, { projectId: film.projectId })).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
    });
  },
);

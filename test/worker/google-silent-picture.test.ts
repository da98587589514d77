/** A picture that does not come is booked at the most it may cost and asked for again, a few times; nobody has to look. */
import { expect, test, vi } from 'vitest';
import { projectScope } from '../../src/features/projects/project-runs.ts';
import { useGoogleStudio } from '../support/google-film.ts';

vi.setConfig({ testTimeout: 180_000 });

const studio = useGoogleStudio('GEMINI', { VIDPIPE_GOOGLE_TIMEOUT_SECONDS: '4' });

/** Of a picture, and of all that is charged beside it. */
const settlesOf = (projectId: string) =>
  studio.platform.db.ledgerEntry.findMany({
    where: { scopes: { has: projectScope(projectId) }, call: 'KEYFRAME', kind: 'SETTLE' },
  });

test.concurrent('once: the film goes on, and both pictures are booked', { tags: 'long' }, async () => {
  const film = studio.film({ scenes: 1 });
  await film.fault('KEYFRAME', 1, { kind: 'HANG', accepted: true });
  expect(await film.make({ stopAfter: 'KEYFRAMES' })).toMatchObject({ status: 'COMPLETED', errorCode: null });
  expect(await film.bought('KEYFRAME')).toHaveLength(3);
  expect(await settlesOf(film.projectId)).toHaveLength(3);
  const { settled, ...open } = await film.cost();
  expect(open).toEqual({ reserved: 0, unknown: 0 });
  expect(settled).toBeGreaterThanOrEqual(await film.bill());
  const told = (await film.events('WARNING')).map(({ message }) => message);
  expect(told).toContainEqual(
    expect.stringMatching(/no answer came in [45] s\. It is booked at the most it may cost/),
  );
});

test.concurrent('each time: the run ends after three, all of them booked', { tags: 'long' }, async () => {
  const film = studio.film({ scenes: 1 });
  await film.fault('KEYFRAME', 1, { kind: 'HANG', accepted: true }, 9);
  expect(await film.make({ stopAfter: 'KEYFRAMES' })).toMatchObject({
    status: 'FAILED',
    errorCode: 'PROVIDER_UNAVAILABLE',
  });
  expect(await settlesOf(film.projectId)).toHaveLength(3);
  expect(await film.cost()).toMatchObject({ reserved: 0, unknown: 0 });
});

/** On Vertex without a bucket the answer to a poll has the film in it, and takes its time on a thin line. */
import { expect, test } from 'vitest';
import { POLL_LEASE_SECONDS } from '../../src/features/video-clips/poll-video-clip.ts';
import { useGoogleStudio } from '../support/google-film.ts';

const studio = useGoogleStudio('VERTEX');

test('a poll that takes longer than its claim is waited for, and nobody else asks meanwhile', async () => {
  const film = studio.film({ scenes: 1 });
  await film.fault('POLL', 1, { kind: 'SLOW', delayMs: (POLL_LEASE_SECONDS + 2) * 1_000 });
  expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'COMPLETED', errorCode: null });
  const told = (await film.events('WARNING')).map(({ message }) => message);
  expect(told.filter((message) => message.startsWith('Scene'))).toEqual([]);
  // Asked about once, and fetched once by the same name.
  expect(await film.onlyClip(1)).toMatchObject({ polls: 2 });
  expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
});

/** A clip that is completed may be a file that is not ready yet. */
import { expect, test } from 'vitest';
import { useGoogleTest } from './support.ts';

const google = useGoogleTest();

const finished = async (sentence: string, more: Record<string, string> = {}) => {
  const customer = google.customer('GEMINI', more);
  const told = await customer.end(await customer.clip(sentence));
  if (told.verdict !== 'FILM') throw new Error(told.verdict);
  return { customer, uri: told.uri };
};

test('one that is PROCESSING is waited for, and then fetched', { tags: 'long' }, async () => {
  const { customer, uri } = await finished('A fox develops.');
  await google.server.world({ fileMs: 1_500 });
  const requests = await customer.requestsOf(() => customer.download(uri, 'late.mp4'));
  await google.server.world({ fileMs: 0 });
  expect(requests.length).toBeGreaterThan(2);
  const downloads = requests.filter(({ path }) => path.endsWith(':download'));
  expect(downloads).toHaveLength(1);
  expect(requests.at(-1)).toBe(downloads[0]);
});

test('one that is not ready although it was said to be is waited for, too', async () => {
  const sentence = 'A fox is hasty.';
  await google.server.play({ scenario: 'omni/file-400-not-active', subject: sentence });
  const { customer, uri } = await finished(sentence);
  expect((await customer.download(uri, 'hasty.mp4')).durationSeconds).toBeCloseTo(4, 1);
});

test('one that never is may be fetched later', async () => {
  const { customer, uri } = await finished('A fox dawdles.', { VIDPIPE_GOOGLE_FILE_SECONDS: '1' });
  await google.server.world({ fileMs: 60_000 });
  await expect(customer.download(uri, 'never.mp4')).rejects.toMatchObject({
    outcome: 'NOT_ACCEPTED',
    message: expect.stringContaining('not ready after 1 s'),
  });
  await google.server.world({ fileMs: 0 });
  await customer.download(uri, 'at-last.mp4');
});

test('one that failed is not to be had at this address', async () => {
  const sentence = 'A fox is spoilt.';
  await google.server.play({ scenario: 'omni/files failed', subject: sentence });
  const { customer, uri } = await finished(sentence);
  await expect(customer.download(uri, 'spoilt.mp4')).rejects.toMatchObject({
    outcome: 'REFUSED',
    message: expect.stringContaining('failed to be processed'),
  });
});

/** Lengths that Google refuses although its documentation has them. */
import { expect, test } from 'vitest';
import { lengthsNamed } from '../../../src/providers/google/clip-lengths.ts';
import { useGoogleTest } from './support.ts';

const google = useGoogleTest();

const REFUSED =
  'Unsupported output video duration 4 seconds, supported durations are [8] for feature image_to_video.';

test('a length that Veo does not make after all is ordered anew, and quoted, in one that it makes', async () => {
  const customer = google.customer('VERTEX');
  const quoted = () => customer.clips.quote({ durationSeconds: 4, aspectRatio: '16:9' }).most.SECOND;
  const orders = await customer.requestsOf(async () => {
    expect(quoted()).toBe(4);
    const name = await customer.clip('A heron lands.', 4);
    const body = { name, done: true, error: { code: 3, message: REFUSED } };
    await google.server.fault({ call: 'POLL', subject: 'A heron lands.', kind: 'STATUS', status: 200, body });
    expect(await customer.poll(name)).toMatchObject({ verdict: 'FAILED_FOR_NOW', retryAfterSeconds: 0 });
    expect(quoted()).toBe(8);
    await customer.clip('A heron lands.', 4);
  });
  expect(
    orders.flatMap(({ body }) => (body as { parameters?: { durationSeconds: number } }).parameters ?? []),
  ).toMatchObject([{ durationSeconds: 4 }, { durationSeconds: 8 }]);
});

test.each([
  [REFUSED, { seconds: [8], clipsFrom: 'KEYFRAMES' }],
  [
    'supported durations are [8,4,6] for feature text_to_video',
    { seconds: [8, 4, 6], clipsFrom: 'KEYFRAMES' },
  ],
  [
    'supported durations are [8] for feature reference_to_video',
    { seconds: [8], clipsFrom: 'REFERENCE_IMAGES' },
  ],
  ['supported durations are [] for feature text_to_video', null],
  ['supported durations are [,,] for feature text_to_video', null],
  ['The prompt has too many words.', null],
])('%s', (words, named) => {
  expect(lengthsNamed(words)).toEqual(named);
});

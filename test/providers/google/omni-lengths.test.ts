/** How long Omni's clips may last, and what it says of those that may not. */
import { expect, test } from 'vitest';
import { lengthsLeft } from '../../../src/providers/google/clip-lengths.ts';
import { useGoogleTest } from './support.ts';

const google = useGoogleTest();

const SECONDS = [3, 4, 5, 6, 7, 8, 9, 10];

const customer = (model: string) =>
  google.customer('GEMINI', { VIDPIPE_GOOGLE_VIDEO_MODEL: model, VIDPIPE_GOOGLE_OMNI_TRANSPORT: 'hold' });

/** Its longest clips, between two frames and from reference images, and how many of those it takes. */
function ableOf(model: string) {
  const { lengths, seconds, maxReferences: references } = customer(model).clips;
  const longest = (['KEYFRAMES', 'REFERENCE_IMAGES'] as const).map((from) => lengths?.(from).at(-1));
  return { longest, max: seconds.max, references };
}

test('1.2 films up to fifteen seconds from six reference images, and ten between two frames; 1.1 ten from five', () => {
  expect(ableOf('gemini-omni-1.2-flash')).toEqual({ longest: [10, 15], max: 10, references: 6 });
  expect(ableOf('gemini-omni-1.1-flash')).toEqual({ longest: [10, 10], max: 10, references: 5 });
});

test('a clip of fifteen seconds is ordered, and quoted, as one', async () => {
  const buyer = customer('gemini-omni-1.2-flash');
  const asked = { durationSeconds: 15, aspectRatio: '16:9', clipsFrom: 'REFERENCE_IMAGES' } as const;
  expect(buyer.clips.quote(asked).most).toMatchObject({ SECOND: 15 });
  const [request] = await buyer.requestsOf(() => buyer.clipFromReferences('A heron takes its time.', 15));
  expect(request?.body).toMatchObject({ response_format: { duration: '15s' } });
});

test('a length that Omni does not make after all is ordered anew, and quoted, in one that it makes', async () => {
  const buyer = customer('gemini-omni-1.2-flash');
  const subject = 'A heron waits for longer.';
  const message = 'Requested video duration 15s 0ns exceeds the maximum allowed 12s 0ns';
  const body = { error: { code: 'invalid_request', message } };
  const refuse = () => google.server.fault({ call: 'SUBMIT', subject, kind: 'STATUS', status: 400, body });
  const order = () => buyer.clipFromReferences(subject, 15);
  const requests = await buyer.requestsOf(async () => {
    await refuse();
    await expect(order()).rejects.toMatchObject({ outcome: 'NOT_ACCEPTED', code: 'REQUEST_REJECTED' });
    const asked = { durationSeconds: 15, aspectRatio: '16:9', clipsFrom: 'REFERENCE_IMAGES' } as const;
    expect(buyer.clips.quote(asked).most).toMatchObject({ SECOND: 12 });
    await order();
    // Refused in what it says that it makes, it is refused.
    await refuse();
    await expect(order()).rejects.toMatchObject({ outcome: 'REFUSED', code: 'REQUEST_REJECTED' });
  });
  expect(requests.map(({ body: sent }) => sent)).toMatchObject(
    ['15s', '12s', '12s'].map((duration) => ({ response_format: { duration } })),
  );
  const sold = (await google.server.ledger()).filter((entry) => entry.subject === subject);
  expect(sold).toHaveLength(1);
});

test.each([
  ['Requested video duration 999s 0ns exceeds the maximum allowed 5s 0ns', [3, 4, 5]],
  ['Requested video duration 2s 0ns is less than the minimum allowed 9s 0ns', [9, 10]],
  ['Requested video duration 12s 0ns exceeds the maximum allowed 10s 0ns', SECONDS],
  ['Requested video duration 2s 0ns exceeds the maximum allowed 1s 0ns', null],
  ['Duration cannot be set in response format for edit task', null],
])('%s', (words, left) => {
  expect(lengthsLeft(words, SECONDS)).toEqual(left);
});

/** Each fault at each call: what the provider says of it, what was bought, and that nothing was sent twice. */
import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { WAYS } from '../../../src/providers/google/omni/ways.ts';
import { ProviderError } from '../../../src/providers/provider-error.ts';
import { TRIP_WORDS } from '../../support/google-server/content.ts';
import { type Surface } from '../../support/google-server/start.ts';
import type { Trouble } from '../../support/paid-provider/protocol.ts';
import { freeReservation } from '../../support/free-reservation.ts';
import { brief } from '../support/brief.ts';
import { type GoogleTest, useGoogleTest } from './support.ts';

const google = useGoogleTest();

type Customer = ReturnType<GoogleTest['customer']>;

/** The failure of a call, and how many requests it made. */
async function failureOf(customer: Customer, call: () => Promise<unknown>) {
  let failure: unknown;
  const requests = await customer.requestsOf(async () => {
    failure = await call().then(
      () => null,
      (error: unknown) => error,
    );
  });
  if (!(failure instanceof ProviderError)) throw new Error(`No ProviderError: ${String(failure)}`);
  const { outcome, code, message, retryAfterSeconds } = failure;
  return { outcome, code, message, retryAfterSeconds, sent: requests.length };
}

let subjects = 0;
/** A sentence that no other test has. */
const sentence = () => `Fox number ${(subjects += 1)}x wakes.`;

const boughtOf = async (subject: string) =>
  (await google.server.ledger()).filter((entry) => entry.subject.includes(subject)).length;

const SURFACES: Surface[] = ['GEMINI', 'VERTEX'];

type Row = [name: string, trouble: Trouble, expected: object, bought: 0 | 1];

const status = (code: number, more: object = {}): Trouble => ({ kind: 'STATUS', status: code, ...more });

/** What holds for every paid call. */
const PAID: Row[] = [
  [
    '429 with the time to wait',
    status(429, { retryAfterSeconds: 7 }),
    { outcome: 'NOT_ACCEPTED', code: 'PROVIDER_QUOTA', retryAfterSeconds: 7 },
    0,
  ],
  ['400', status(400), { outcome: 'REFUSED', code: 'REQUEST_REJECTED' }, 0],
  ['403', status(403), { outcome: 'REFUSED', code: 'PROVIDER_PERMISSION' }, 0],
  ['404', status(404), { outcome: 'REFUSED', code: 'MODEL_NOT_FOUND' }, 0],
  ['reset', { kind: 'RESET' }, { outcome: 'UNKNOWN', code: 'PROVIDER_UNAVAILABLE' }, 0],
  ['reset after acceptance', { kind: 'RESET', accepted: true }, { outcome: 'UNKNOWN' }, 1],
  ['malformed answer', { kind: 'MALFORMED' }, { outcome: 'UNKNOWN' }, 1],
  ['cut answer', { kind: 'CUT' }, { outcome: 'UNKNOWN' }, 1],
];

/** An answer that failed: of a call that answers at once nothing is charged, an operation may have begun. */
const AT_ONCE: Row[] = [
  ['500', status(500), { outcome: 'NOT_ACCEPTED', code: 'PROVIDER_UNAVAILABLE' }, 0],
  ['503', status(503), { outcome: 'NOT_ACCEPTED', code: 'PROVIDER_UNAVAILABLE' }, 0],
];
const BEGINNING: Row[] = [
  ['500', status(500), { outcome: 'UNKNOWN', code: 'PROVIDER_UNAVAILABLE' }, 0],
  ['503', status(503), { outcome: 'NOT_ACCEPTED', code: 'PROVIDER_UNAVAILABLE' }, 0],
];

describe.each(SURFACES)('on %s', (surface) => {
  // What is told of one surface in `npm test` is told of both in the long rest.
  const tags = surface === 'VERTEX' ? ['long' as const] : [];
  test.each([...PAID, ...AT_ONCE])('storyboard, %s', { tags }, async (_, trouble, expected, bought) => {
    const customer = google.customer(surface);
    const subject = sentence();
    await google.server.fault({ call: 'STORYBOARD', subject, ...trouble });
    const failure = await failureOf(customer, () => customer.storyboard(subject));
    expect(failure).toMatchObject({
      ...expected,
      sent: 1,
      message: expect.stringContaining('Google gemini-3.8-flash'),
    });
    expect(await boughtOf(subject)).toBe(bought);
  });

  test.each([...PAID, ...AT_ONCE])('keyframe, %s', { tags }, async (_, trouble, expected, bought) => {
    const customer = google.customer(surface);
    const subject = sentence();
    await google.server.fault({ call: 'KEYFRAME', subject, ...trouble });
    const failure = await failureOf(customer, () => customer.keyframe(subject));
    expect(failure).toMatchObject({ ...expected, sent: 1 });
    expect(await boughtOf(subject)).toBe(bought);
  });

  test.each([...PAID, ...BEGINNING])('clip, %s', { tags }, async (_, trouble, expected, bought) => {
    const customer = google.customer(surface);
    const subject = sentence();
    await google.server.fault({ call: 'SUBMIT', subject, ...trouble });
    const failure = await failureOf(customer, () => customer.clip(subject));
    expect(failure).toMatchObject({ ...expected, sent: 1 });
    expect(await boughtOf(subject)).toBe(bought);
  });

  test('clip, no answer: nobody knows', { tags }, async () => {
    const customer = google.customer(surface);
    const subject = sentence();
    await google.server.fault({ call: 'SUBMIT', subject, kind: 'HANG', accepted: true });
    const limit = AbortSignal.timeout(2_000);
    const failure = await failureOf(customer, () => customer.clip(subject, 4, limit));
    expect(failure).toMatchObject({ outcome: 'UNKNOWN', sent: 1 });
    expect(await boughtOf(subject)).toBe(1);
  });

  test.each<[string, Trouble, object]>([
    ['429', status(429, { retryAfterSeconds: 2 }), { verdict: 'TRY_AGAIN_LATER', retryAfterSeconds: 2 }],
    ['500', status(500), { verdict: 'TRY_AGAIN_LATER' }],
    ['403', status(403), { verdict: 'TRY_AGAIN_LATER' }],
    ['404', status(404), { verdict: 'NOT_KNOWN', about: 'NOT_FOUND' }],
    ['400', status(400), { verdict: 'NOT_KNOWN', about: 'ODD' }],
    ['malformed answer', { kind: 'MALFORMED' }, { verdict: 'NOT_KNOWN', about: 'ODD' }],
    ['answer of nothing', { kind: 'USELESS' }, { verdict: 'NOT_KNOWN', about: 'ODD' }],
  ])('poll, %s: no word about the clip', { tags }, async (fault, trouble, expected) => {
    const customer = google.customer(surface);
    const subject = sentence();
    const name = await customer.clip(subject);
    // Omni's answer to one way of asking may not be that to another.
    const ways = surface === 'GEMINI' && ['400', '404'].includes(fault) ? WAYS.GEMINI.length : 1;
    await google.server.fault({ call: 'POLL', subject, times: ways, ...trouble });
    const requests = await customer.requestsOf(async () => {
      expect(await customer.poll(name)).toMatchObject(expected);
    });
    expect(requests).toHaveLength(ways);
    expect(await customer.poll(name)).toMatchObject({ verdict: 'FILM' });
  });

  test.each<[string, Trouble]>([
    ['reset', { kind: 'RESET' }],
    ['cut answer', { kind: 'CUT' }],
  ])('poll, %s: asked again later, for it costs nothing', { tags }, async (_, trouble) => {
    const customer = google.customer(surface);
    const subject = sentence();
    const name = await customer.clip(subject);
    await google.server.fault({ call: 'POLL', subject, ...trouble });
    const failure = await failureOf(customer, () => customer.poll(name));
    expect(failure).toMatchObject({ outcome: 'NOT_ACCEPTED', sent: 1 });
    expect(await customer.poll(name)).toMatchObject({ verdict: 'FILM' });
  });

  test.each<['FILTERED' | 'FAILED', string, RegExp]>([
    ['FILTERED', 'REFUSED_BY_SAFETY', /usage guidelines/],
    ['FAILED', 'FAILED_FOR_NOW', /internal error/i],
  ])('an operation that ends as %s says why', async (end, verdict, words) => {
    const customer = google.customer(surface);
    const subject = sentence();
    await google.server.fault({ call: 'SUBMIT', subject, kind: 'ENDS', end });
    expect(await customer.poll(await customer.clip(subject))).toMatchObject({
      verdict,
      words: expect.stringMatching(words),
    });
  });
});

describe('a download', () => {
  const stored = { VIDPIPE_GOOGLE_OUTPUT_URI: 'gs://films/here' };

  test.each<[string, Surface, Trouble, object]>([
    ['cut', 'GEMINI', { kind: 'CUT' }, { outcome: 'NOT_ACCEPTED' }],
    ['cut', 'VERTEX', { kind: 'CUT' }, { outcome: 'NOT_ACCEPTED' }],
    ['damaged', 'GEMINI', { kind: 'MALFORMED' }, { outcome: 'NOT_ACCEPTED' }],
    ['damaged', 'VERTEX', { kind: 'MALFORMED' }, { outcome: 'NOT_ACCEPTED' }],
    ['reset', 'GEMINI', { kind: 'RESET' }, { outcome: 'NOT_ACCEPTED' }],
    ['gone', 'GEMINI', status(404), { outcome: 'REFUSED' }],
    ['gone', 'VERTEX', status(404), { outcome: 'REFUSED' }],
    ['503', 'VERTEX', status(503), { outcome: 'NOT_ACCEPTED' }],
  ])('%s on %s leaves nothing, and may be begun again', async (_, surface, trouble, expected) => {
    const customer = google.customer(surface, stored);
    const subject = sentence();
    const operation = await customer.end(await customer.clip(subject));
    if (operation.verdict !== 'FILM') throw new Error(operation.verdict);
    await google.server.fault({ call: 'DOWNLOAD', subject, ...trouble });
    const before = await readdir(google.directory);
    const failure = await failureOf(customer, () => customer.download(operation.uri, 'torn.mp4'));
    // Of a file of the Gemini API it is asked first whether it is ready.
    expect(failure).toMatchObject({ ...expected, sent: surface === 'GEMINI' ? 2 : 1 });
    expect((await readdir(google.directory)).toSorted()).toEqual(before.toSorted());
    await customer.download(operation.uri, `whole-${subject}.mp4`);
  });
});

describe('what the filters refuse', () => {
  test.each([
    ['a prompt', TRIP_WORDS.blockedPrompt, 'PROHIBITED_CONTENT'],
    ['a picture', TRIP_WORDS.unsafePicture, 'IMAGE_SAFETY'],
  ])('%s is told as such, and not asked for again', async (_, word, reason) => {
    const customer = google.customer('GEMINI');
    expect(await failureOf(customer, () => customer.keyframe(`A ${word} wakes.`))).toMatchObject({
      outcome: 'REFUSED',
      code: 'PROMPT_BLOCKED',
      message: expect.stringContaining(reason),
      sent: 1,
    });
  });

  test('words where a picture was asked for are a refusal, at once', async () => {
    const customer = google.customer('GEMINI');
    expect(
      await failureOf(customer, () => customer.keyframe(`A ${TRIP_WORDS.noPicture} wakes.`)),
    ).toMatchObject({
      outcome: 'REFUSED',
      code: 'PROMPT_BLOCKED',
      message: expect.stringContaining('rather not draw'),
      sent: 1,
    });
  });

  test('an answer that does not say what it used is never free', async () => {
    const prompt = sentence();
    const content = { parts: [{ text: '{}' }] };
    const says = [{ status: 200, body: { candidates: [{ content, finishReason: 'STOP' }] } }];
    const scenario = { name: 'no usage', at: 'STORYBOARD', says, money: 'SOLD' } as const;
    await google.server.play({ scenario, subject: prompt });
    expect(await google.customer('GEMINI').storyboard(prompt)).toMatchObject({ answer: {}, usage: null });
  });

  test('a storyboard without a token of its own is never charged by what it says', async () => {
    const prompt = sentence();
    const content = { parts: [{ text: '{}' }] };
    const body = {
      candidates: [{ content, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 900, totalTokenCount: 900 },
    };
    const says = [{ status: 200, body }];
    const scenario = { name: 'little', at: 'STORYBOARD', says, money: 'SOLD' } as const;
    await google.server.play({ scenario, subject: prompt });
    expect(await google.customer('GEMINI').storyboard(prompt)).toMatchObject({ answer: {}, usage: null });
  });

  test('a storyboard in prose comes as it is, for whoever looks at it', async () => {
    const { answer } = await google.customer('GEMINI').storyboard(`A ${TRIP_WORDS.prose} wakes.`);
    expect(answer).toBe('Once upon a time there was no JSON.');
  });
});

describe('credentials', () => {
  test('a wrong key is a verdict, and is not told', async () => {
    const wrong = 'AIza-quite-another-key';
    const customer = google.customer('GEMINI', { GEMINI_API_KEY: wrong });
    const failure = await failureOf(customer, () => customer.clip(sentence()));
    expect(failure).toMatchObject({ outcome: 'REFUSED', code: 'PROVIDER_PERMISSION', sent: 1 });
    expect(failure.message).not.toContain(wrong);
  });

  test('without credentials nothing is sent, and surely nothing bought', async () => {
    const customer = google.customer('VERTEX', { GOOGLE_APPLICATION_CREDENTIALS: '/nowhere.json' });
    const failure = await failureOf(customer, () => customer.clip(sentence()));
    expect(failure).toMatchObject({ outcome: 'REFUSED', code: 'PROVIDER_PERMISSION', sent: 0 });
  });

  test('a server that is not there was surely not reached', async () => {
    const customer = google.customer('GEMINI', { GOOGLE_GEMINI_BASE_URL: 'http://127.0.0.1:9' });
    const failure = await failureOf(customer, () => customer.clip(sentence()));
    expect(failure).toMatchObject({ outcome: 'NOT_ACCEPTED', code: 'PROVIDER_UNAVAILABLE', sent: 0 });
  });
});

test('a frame that can be written nowhere was drawn, and brings its bill', async () => {
  const { provider } = google.customer('GEMINI');
  const scene = brief({ startFramePrompt: sentence() });
  // A folder. Where its own folder is gone it is waited for.
  const toFile = google.directory;
  const drawing = provider.capabilities.KEYFRAME.call(
    { scene, position: 'START', fromFile: null, toFile },
    freeReservation('test'),
    { signal: new AbortController().signal },
  );
  const usage = {
    MILLION_INPUT_TOKENS: 0.00012,
    MILLION_OUTPUT_TOKENS: 0.00102,
    MILLION_IMAGE_OUTPUT_TOKENS: 0.00112,
  };
  const receipt = { usage, requestId: expect.any(String) };
  await expect(drawing).rejects.toMatchObject({ outcome: 'REFUSED', receipt });
});

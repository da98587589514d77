/** How Omni is asked for clips, with the real SDK: each transport on each surface, and what follows when it breaks. */
import { describe, expect, test } from 'vitest';
import type { Notes } from '../../../src/providers/notes.ts';
import { readExperience } from '../../../src/providers/google/omni/experience.ts';
import { ProviderError } from '../../../src/providers/provider-error.ts';
import type { Surface } from '../../support/google-server/start.ts';
import type { Trouble } from '../../support/paid-provider/protocol.ts';
import { useGoogleTest } from './support.ts';
import { omniRoot, SURFACES } from './wire.ts';

const google = useGoogleTest();

const BY = 'VIDPIPE_GOOGLE_OMNI_TRANSPORT';
const MODEL = 'gemini-omni-1.1-flash';
const customer = (transport: string, surface: Surface = 'GEMINI', more: Record<string, string> = {}) =>
  google.customer(surface, { VIDPIPE_GOOGLE_VIDEO_MODEL: MODEL_OF[surface], [BY]: transport, ...more });
const MODEL_OF = { GEMINI: MODEL, VERTEX: `${MODEL}-preview` } as const;

let count = 0;
/** A sentence that no other test has. */
const sentence = () => `A heron counts to ${(count += 1)}.`;

const boughtOf = async (subject: string) =>
  (await google.server.ledger()).filter((entry) => entry.subject === subject);
const submitFault = (subject: string, trouble: Trouble, times = 1) =>
  google.server.fault({ call: 'SUBMIT', subject, times, ...trouble });
const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => error,
  );

/** Notes that several processes share. */
function sharedNotes(): Notes & { all: Map<string, string> } {
  const all = new Map<string, string>();
  return {
    all,
    read: async (name) => all.get(name) ?? null,
    write: async (name, text) => void all.set(name, text),
  };
}

describe.each(SURFACES)('on %s', (surface) => {
  test('held, the answer has the film, and nothing is asked after it', async () => {
    const holder = customer('hold', surface);
    const toFile = `${google.directory}/held-${surface}.mp4`;
    const requests = await holder.requestsOf(async () => {
      const bought = await holder.buy(sentence(), { toFile });
      expect(bought).toMatchObject({
        operationName: expect.stringMatching(/^interactions\/v1_/),
        verdict: { verdict: 'FILM' },
      });
      // Vertex sends the film itself: it is kept at once.
      expect(bought.film === undefined).toBe(surface === 'GEMINI');
    });
    expect(requests).toMatchObject([{ method: 'POST', path: `${omniRoot(surface)}/interactions` }]);
    expect(Object.keys(requests[0]?.body ?? {})).toEqual([
      'model',
      'input',
      'response_format',
      'generation_config',
    ]);
  });

  test('streamed, its name is known long before the film', async () => {
    const reader = customer('stream', surface);
    await google.server.settings({ operationMs: 600 });
    const named: [name: string, at: number][] = [];
    const requests = await reader.requestsOf(async () => {
      const bought = await reader.buy(sentence(), {
        onNamed: async (name) => void named.push([name, performance.now()]),
      });
      expect(bought).toMatchObject({ operationName: named[0]?.[0], verdict: { verdict: 'FILM' } });
      expect(performance.now() - (named[0]?.[1] ?? Infinity)).toBeGreaterThan(300);
    });
    await google.server.settings({ operationMs: 0 });
    expect(named).toHaveLength(1);
    expect(requests).toMatchObject([{ method: 'POST', query: {}, body: { stream: true } }]);
    expect(requests[0]?.body).not.toHaveProperty('background');
  });
});

test('on Vertex the film goes into the bucket that is set', async () => {
  const holder = customer('hold', 'VERTEX', { VIDPIPE_GOOGLE_OUTPUT_URI: 'gs://films/here' });
  const [request] = await holder.requestsOf(async () => {
    const { verdict } = await holder.buy(sentence());
    expect(verdict).toMatchObject({ verdict: 'FILM', uri: expect.stringMatching(/^gs:\/\/films\/here\//) });
  });
  expect(request?.body).toMatchObject({
    response_format: [{ type: 'video', delivery: 'uri', gcs_uri: 'gs://films/here' }],
  });
});

describe('what breaks off', () => {
  test('as a stream is gone on with from its last event, and bought once', async () => {
    const reader = customer('stream');
    const subject = sentence();
    await submitFault(subject, { kind: 'CUT' });
    const requests = await reader.requestsOf(async () => {
      expect(await reader.buy(subject)).toMatchObject({ verdict: { verdict: 'FILM' } });
    });
    expect(requests).toMatchObject([
      { method: 'POST' },
      { method: 'GET', query: { stream: 'true', last_event_id: '1' } },
    ]);
    expect(await boughtOf(subject)).toHaveLength(1);
  });

  test('as a held answer after its beginning is asked about by the name that came', async () => {
    const holder = customer('hold');
    const subject = sentence();
    await submitFault(subject, { kind: 'CUT' });
    const bought = await holder.buy(subject);
    expect(bought.verdict).toBeUndefined();
    expect(await holder.poll(bought.operationName)).toMatchObject({ verdict: 'FILM' });
    expect(await boughtOf(subject)).toHaveLength(1);
  });

  test('before anything came leaves three clips of which nobody knows, and no fourth', async () => {
    const holder = customer('hold');
    const subject = sentence();
    await submitFault(subject, { kind: 'RESET', accepted: true }, 9);
    for (let each = 1; each <= 3; each += 1)
      expect(await failureOf(holder.buy(subject))).toMatchObject({ outcome: 'UNKNOWN' });
    const requests = await holder.requestsOf(async () => {
      const failure = await failureOf(holder.buy(subject));
      expect(failure).toBeInstanceOf(ProviderError);
      expect(failure).toMatchObject({ outcome: 'REFUSED', code: 'PROVIDER_UNAVAILABLE' });
    });
    expect(requests).toEqual([]);
    expect(await boughtOf(subject)).toHaveLength(3);
    await google.server.clearFaults();
  });

  test('with an error that names an interaction leaves one to be asked about', async () => {
    const subject = sentence();
    const body = { id: 'v1_half_done', error: { code: 'internal', message: 'Try again.' } };
    await submitFault(subject, { kind: 'STATUS', status: 500, body });
    expect(await customer('background').buy(subject)).toMatchObject({
      operationName: 'interactions/v1_half_done',
      verdict: { verdict: 'TRY_AGAIN_LATER' },
    });
  });

  test('with a film that is not shown was made, whatever its money', async () => {
    const subject = sentence();
    await google.server.play({ scenario: 'omni/post-400-output-filter', subject });
    expect(await customer('hold').buy(subject)).toMatchObject({
      operationName: expect.stringMatching(/^interactions\/unnamed-/),
      verdict: { verdict: 'REFUSED_BY_SAFETY', words: expect.stringContaining('Unable to show') },
    });
  });
});

test('what stops at the most that one answer holds is not gone on with: that would be bought anew', async () => {
  const subject = sentence();
  const told = { id: 'v1_REDACTED', status: 'requires_continuation', continuation_token: 'more', steps: [] };
  const says = [{ status: 200, body: told }];
  await google.server.play({ scenario: { name: 'stopped', at: 'POLL', says, money: 'SOLD' }, subject });
  const holder = customer('hold');
  const requests = await holder.requestsOf(async () => {
    const bought = await holder.buy(subject);
    expect(bought.verdict).toMatchObject({ about: 'ODD', words: expect.stringContaining('one answer') });
    expect(await holder.poll(bought.operationName)).toMatchObject({ verdict: 'NOT_KNOWN', about: 'ODD' });
  });
  expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  expect(await boughtOf(subject)).toHaveLength(1);
});

describe('an interaction that a key cannot read', () => {
  const WAYS = [
    ['STREAM', { path: /^\/v1beta\//, query: { stream: 'true' } }],
    ['V1', { path: /^\/v1\//, query: { stream: 'false' } }],
    ['KEY_IN_QUERY', { path: /^\/v1beta\//, query: { key: expect.any(String) } }],
  ] as const;

  test.each(WAYS)(
    'is read another way (%s), and so is the next',
    async (readsBackgroundBy, { path, query }) => {
      const reader = customer('background');
      const name = (await reader.buy(sentence())).operationName;
      await google.server.world({ readsBackground: false, readsBackgroundBy });
      const first = await reader.requestsOf(async () =>
        expect(await reader.poll(name)).toMatchObject({ verdict: 'FILM' }),
      );
      const second = await reader.requestsOf(async () =>
        expect(await reader.poll(name)).toMatchObject({ verdict: 'FILM' }),
      );
      await google.server.world({ readsBackground: true, readsBackgroundBy: 'NONE' });
      expect(first.length).toBeGreaterThan(1);
      expect(second).toMatchObject([{ method: 'GET', path: expect.stringMatching(path), query }]);
    },
  );

  test('is asked about again, and the next clip is ordered another way, in every process', async () => {
    const notes = sharedNotes();
    notes.all.set(`omni GEMINI ${MODEL}`, WORKED);
    const subjects = [sentence(), sentence(), sentence()] as const;
    const buyer = customer('auto');
    const { operationName } = await buyer.buy(subjects[0], { notes });
    await google.server.world({ readsBackground: false });
    const signal = AbortSignal.timeout(60_000);
    const told = await buyer.clips.poll(operationName, { signal, notes });
    expect(told).toMatchObject({ verdict: 'NOT_KNOWN', about: 'ODD' });
    const requests = await buyer.requestsOf(async () => {
      expect(await buyer.buy(subjects[1], { notes })).toMatchObject({ verdict: { verdict: 'FILM' } });
      expect(await customer('auto').buy(subjects[2], { notes })).toMatchObject({
        verdict: { verdict: 'FILM' },
      });
    });
    await google.server.world({ readsBackground: true });
    expect(requests).toHaveLength(2);
    for (const { body } of requests) expect(body).not.toHaveProperty('background');
    // Mended later, the first is still there.
    expect(await buyer.clips.poll(operationName, { signal, notes })).toMatchObject({ verdict: 'FILM' });
  });
});

/** Background interactions were read here. */
const WORKED = JSON.stringify({
  transports: { background: { state: 'WORKS', lost: 0, at: new Date().toISOString() } },
  way: 'GET',
});

test('a transport that is not taken costs nothing: the clip is ordered by the next, and so are those after it', async () => {
  const notes = sharedNotes();
  const buyer = customer('auto');
  const subject = sentence();
  const body = { error: { code: 'invalid_request', message: 'This model needs background: true.' } };
  await submitFault(subject, { kind: 'STATUS', status: 400, body });
  const requests = await buyer.requestsOf(async () => {
    expect(await buyer.buy(subject, { notes })).toMatchObject({ verdict: { verdict: 'FILM' } });
    await buyer.buy(subject, { notes });
  });
  expect(requests.map((request) => Object.keys(request.body ?? {}).includes('stream'))).toEqual([
    true,
    false,
    false,
  ]);
  expect(await boughtOf(subject)).toHaveLength(2);
  expect(readExperience(notes.all.get(`omni GEMINI ${MODEL}`) ?? null).transports).toMatchObject({
    stream: { state: 'REFUSED' },
    hold: { state: 'WORKS' },
  });
});

test('what has ended, or cannot be stopped, is not stopped: no reason to ask for it again', async () => {
  const subject = sentence();
  const buyer = customer('background');
  const { operationName } = await buyer.buy(subject);
  await google.server.fault({ call: 'CANCEL', subject, kind: 'STATUS', status: 400 });
  expect(await buyer.cancel(operationName)).toBeNull();
});

test('an order over the quota that is answered with 200 and no name was taken all the same, and is told in Google’s words', async () => {
  const subject = sentence();
  const message =
    'Quota exceeded for metric: generativelanguage.googleapis.com/generate_content_paid_tier_2_requests, limit: 8, model: gemini-omni-1.1-flash Please retry in 23.397s.';
  await submitFault(subject, {
    kind: 'STATUS',
    status: 200,
    body: { error: { message, code: 'too_many_requests' } },
  });
  expect(await customer('hold').buy(subject, { toFile: `${google.directory}/over.mp4` })).toMatchObject({
    operationName: expect.stringMatching(/^interactions\/unnamed-/),
    verdict: {
      verdict: 'REFUSED_BY_QUOTA',
      words: expect.stringContaining('limit: 8'),
      retryAfterSeconds: 23.397,
    },
  });
});

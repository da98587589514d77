/** Each answer of Veo that was recorded or told (test/fixtures/google), as the adapter takes it: verdict, money, next step. */
import { beforeAll, expect, test } from 'vitest';
import { ProviderError } from '../../../src/providers/provider-error.ts';
import { readAnswerFile } from '../../support/google-server/answer-files.ts';
import { followUpOf } from './follow-up.ts';
import { useGoogleTest } from './support.ts';

const google = useGoogleTest();

/** One for all: each has to ask for a token first. */
let buyer: ReturnType<typeof google.customer>;
beforeAll(() => void (buyer = google.customer('VERTEX')));

const VEO = 'told.veo-vertex';
const ERRORS = 'told.errors';
const answersOf = (file: string) => readAnswerFile(`veo-images-text/${file}`);

let count = 0;
/** A sentence that no other test has. */
const sentence = () => `A crane counts to ${(count += 1)}.`;

const WORKING = { money: 'SET_ASIDE', next: 'ASK_AGAIN' };
const FILM = { money: 'BY_LENGTH', next: 'FETCH' };
/** By Google's own rule: what its filter refuses it does not charge. */
const SOFTENED = { money: 'FREE_OF_CHARGE', next: 'SOFTEN' };
/** That it is free is told by callers, not by Google. */
const ANEW = { money: 'UNKNOWN', next: 'ORDER_ANEW' };

const refused = (refusedInput: string) => ({ verdict: 'REFUSED_BY_SAFETY', refusedInput });
const forNow = (retryAfterSeconds: number | null) => ({ verdict: 'FAILED_FOR_NOW', retryAfterSeconds });
const later = { verdict: 'TRY_AGAIN_LATER' };

type Told = Record<string, unknown>;

const POLLED: [file: string, key: string, told: Told, then: Told, status?: number][] = [
  [VEO, 'running', { verdict: 'STILL_WORKING' }, WORKING],
  [VEO, 'done-inline', { verdict: 'FILM', uri: expect.stringContaining('/operations/') }, FILM],
  [VEO, 'done-gcs', { verdict: 'FILM', uri: expect.stringMatching(/^gs:.*\.mp4$/) }, FILM],
  [VEO, 'filtered-output', refused('RESULT'), SOFTENED],
  [VEO, 'filtered-audio', refused('SOUND'), SOFTENED],
  [VEO, 'filtered-children', refused('FRAMES'), SOFTENED],
  [VEO, 'error-input-image', refused('FRAMES'), SOFTENED],
  [VEO, 'error-person', refused('FRAMES'), SOFTENED],
  [VEO, 'error-words', refused('PROMPT'), SOFTENED],
  [VEO, 'error-duration', forNow(0), ANEW],
  [VEO, 'error-internal', forNow(null), ANEW],
  [VEO, 'error-service-agent', forNow(90), ANEW],
  [VEO, 'standard-operations-endpoint-400', { verdict: 'NOT_KNOWN', about: 'ODD' }, WORKING, 400],
  // Of asking, these say nothing of what was bought.
  [ERRORS, '503-high-demand', later, WORKING, 503],
  [ERRORS, '429-vertex-shared', later, WORKING, 429],
  [ERRORS, '429-prepay', later, WORKING, 429],
  [ERRORS, '429-spend-cap', later, WORKING, 429],
  [ERRORS, '404-vertex-model', { verdict: 'NOT_KNOWN', about: 'NOT_FOUND' }, WORKING, 404],
];

test.each(POLLED)('%s, %s, of a poll is %o: %o', async (file, key, told, then, status = 200) => {
  const subject = sentence();
  const name = await buyer.clip(subject);
  const body = answersOf(file)[key];
  await google.server.fault({ call: 'POLL', subject, kind: 'STATUS', status, body });
  const answer = await buyer.poll(name);
  expect(answer).toMatchObject(told);
  expect(followUpOf(answer)).toEqual(then);
});

/** Nothing of these is charged: they are refused before anything is made. */
const REFUSED = 'REFUSED';
/** Waited for, and asked again. */
const WAITED = 'NOT_ACCEPTED';

type Call = 'STORYBOARD' | 'KEYFRAME' | 'SUBMIT';

const ALL: [key: string, outcome: string, code: string][] = [
  ['503-high-demand', WAITED, 'PROVIDER_UNAVAILABLE'],
  ['429-vertex-shared', WAITED, 'PROVIDER_QUOTA'],
  ['429-prepay', REFUSED, 'PROVIDER_BILLING'],
  ['429-spend-cap', REFUSED, 'PROVIDER_BILLING'],
  ['404-vertex-model', REFUSED, 'MODEL_NOT_FOUND'],
  ['404-gemini-model', REFUSED, 'MODEL_NOT_FOUND'],
];

const ORDERED: [file: string, key: string, call: Call, outcome: string, code: string][] = [
  [VEO, 'submit-429', 'SUBMIT', WAITED, 'PROVIDER_QUOTA'],
  [ERRORS, '400-use-case', 'SUBMIT', REFUSED, 'REQUEST_REJECTED'],
  [ERRORS, '400-allow-all', 'SUBMIT', REFUSED, 'REQUEST_REJECTED'],
  ...(['STORYBOARD', 'KEYFRAME', 'SUBMIT'] as const).flatMap((call) =>
    ALL.map(([key, outcome, code]): (typeof ORDERED)[number] => [ERRORS, key, call, outcome, code]),
  ),
];

/** Of a clip in Veo's words, of a frame or of a storyboard. */
function orderOf(call: Call, subject: string): Promise<unknown> {
  if (call === 'STORYBOARD') return buyer.storyboard(subject);
  return call === 'KEYFRAME' ? buyer.keyframe(subject) : buyer.clip(subject);
}

test.each(ORDERED)('%s, %s, of a %s is %s for %s', async (file, key, call, outcome, code) => {
  const subject = sentence();
  const body = answersOf(file)[key] as { error: { code: number } };
  const { code: status } = body.error;
  await google.server.fault({ call, subject, kind: 'STATUS', status, body });
  const failure = await orderOf(call, subject).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ProviderError);
  expect(failure).toMatchObject({ outcome, code });
  const sold = await google.server.ledger();
  expect(sold.filter((entry) => entry.subject.includes(subject))).toEqual([]);
});

test('none of them is left out', () => {
  const known = new Set([...POLLED, ...ORDERED].map(([file, key]) => `${file} ${key}`));
  const all = [VEO, ERRORS].flatMap((file) => Object.keys(answersOf(file)).map((key) => `${file} ${key}`));
  // A storyboard's own: test/worker/google-storyboards.test.ts.
  const others = [`${ERRORS} 400-schema`, `${ERRORS} 400-schema-in-details`];
  expect(all.filter((each) => !known.has(each))).toEqual(others);
});

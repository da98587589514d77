/** Each answer of Omni that was recorded or quoted (test/fixtures/google/omni), as the adapter takes it: verdict, money, next step. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ClipVerdict } from '../../../src/providers/clip-verdict.ts';
import { readAnswer } from '../../../src/providers/google/read-answer.ts';
import { readOmni } from '../../../src/providers/google/read-omni.ts';
import { refusalOf } from '../../../src/providers/google/refusal.ts';
import { readAnswerFile } from '../../support/google-server/answer-files.ts';
import { followUpOf } from './follow-up.ts';

type Http = { status: number | null };

const answerOf = (file: string) => {
  const { _http: http, body } = readAnswerFile(`omni/${file}`);
  return { status: (http as Http).status, text: JSON.stringify(body) };
};

const BLOCKED = { verdict: 'REFUSED_BY_SAFETY' } as const;
const ODD = { verdict: 'NOT_KNOWN', about: 'ODD' } as const;
const NOT_FOUND = { verdict: 'NOT_KNOWN', about: 'NOT_FOUND' } as const;
const OVER = { verdict: 'REFUSED_BY_QUOTA', retryAfterSeconds: 23.397 } as const;

const WAITS = { money: 'SET_ASIDE', next: 'ASK_AGAIN' };
const FETCHED = { money: 'BY_USAGE', next: 'FETCH' };
/** Nothing is said of money: the most that it may have cost, as an estimate. */
const SOFTENED = { money: 'CHARGED', next: 'SOFTEN' };
const ANEW = { money: 'UNKNOWN', next: 'ORDER_ANEW' };

const READ: [file: string, told: Partial<ClipVerdict>, then: object, status?: number][] = [
  ['create-in-progress', { verdict: 'STILL_WORKING' }, WAITS],
  ['poll-400-generic-passing', ODD, WAITS],
  ['poll-400-multiple-credentials', ODD, WAITS],
  ['poll-400-input-blocked', BLOCKED, SOFTENED],
  ['poll-400-real-people', BLOCKED, SOFTENED],
  // Recorded of an order; a poll of one in the background says the same.
  ['post-400-output-filter', BLOCKED, SOFTENED],
  ['poll-400-invalid-interaction-name', NOT_FOUND, WAITS],
  ['poll-404-not-found', NOT_FOUND, WAITS],
  ['poll-completed-inline-vertex', { verdict: 'FILM', uri: 'its name' }, FETCHED],
  ['poll-completed-uri', { verdict: 'FILM' }, FETCHED],
  ['poll-completed-text-only-refusal', BLOCKED, { ...SOFTENED, money: 'BY_USAGE' }],
  // Its status was not recorded.
  ['poll-too-many-requests', OVER, ANEW, 200],
  ['poll-too-many-requests', OVER, ANEW, 429],
  ['vertex-failed-content-blocked', BLOCKED, SOFTENED],
];

test.each(READ)('%s, read by its id, is %o', (file, expected, then, given) => {
  const { status, text } = answerOf(file);
  const answer = { status: given ?? status ?? 0, text, words: text, retryAfterSeconds: null };
  const told = readAnswer(answer, (body) => readOmni(body, 'its name'));
  expect(told).toMatchObject(expected);
  expect(followUpOf(told)).toEqual(then);
});

const ORDERED: [file: string, outcome: string, code: string][] = [
  ['post-400-duration-too-long', 'REFUSED', 'REQUEST_REJECTED'],
  ['post-400-duration-with-edit', 'REFUSED', 'REQUEST_REJECTED'],
  ['post-400-unknown-parameter', 'REFUSED', 'REQUEST_REJECTED'],
  ['post-400-output-filter', 'REFUSED', 'PROMPT_BLOCKED'],
  ['post-402-payment-required', 'REFUSED', 'PROVIDER_BILLING'],
  ['post-404-model', 'REFUSED', 'MODEL_NOT_FOUND'],
  ['post-429-daily', 'NOT_ACCEPTED', 'PROVIDER_QUOTA'],
  ['post-429-free-tier', 'REFUSED', 'PROVIDER_BILLING'],
];

const order = {
  name: 'Google m',
  paid: true,
  begins: true,
  namesModel: true,
  secrets: [],
  patience: { firstSeconds: 30, inAllSeconds: 1_500 },
  callsPerMinute: 5,
};

test.each(ORDERED)('%s, of an order, is %s for %s', async (file, outcome, code) => {
  const { status, text } = answerOf(file);
  const refusal = await refusalOf(order, new Response(text, { status: status ?? 0 }));
  expect(refusal).toMatchObject({ outcome, code });
});

test('none of them is left out', () => {
  // Of files and usages there are tests of their own.
  const others = ['file-400-not-active', 'files', 'usages'];
  const known = new Set([...READ, ...ORDERED].map(([file]) => file));
  const all = readdirSync('test/fixtures/google/omni').map((name) => name.replace(/\.json$/, ''));
  expect(all.filter((name) => !known.has(name))).toEqual(others);
});

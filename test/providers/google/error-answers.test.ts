/** What an answer that is an error is taken for, by its status, code, details and words. */
import { describe, expect, test } from 'vitest';
import { pacificDayEnd } from '../../../src/core/pacific-day.ts';
import { refusalOf } from '../../../src/providers/google/refusal.ts';
import { API_KEY } from '../../support/google-server/start.ts';

/** Google's reason for a refusal, as it stands in its details. */
const info = (reason: string) => [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason }];

describe('an error answer', () => {
  const patience = { firstSeconds: 30, inAllSeconds: 1_500 };
  const call = {
    name: 'Google m',
    paid: true,
    begins: true,
    namesModel: true,
    secrets: [API_KEY],
    patience,
    callsPerMinute: 5,
  };
  const answer = (code: number, error: object, headers = {}) =>
    refusalOf(call, new Response(JSON.stringify({ error }), { status: code, headers }));

  test.each<[string, number, object, string]>([
    ['billing that is off', 403, { details: info('BILLING_DISABLED') }, 'PROVIDER_BILLING'],
    [
      'a precondition of billing',
      400,
      { message: 'Please enable billing on the project.' },
      'PROVIDER_BILLING',
    ],
    ['a key that is none', 400, { details: info('API_KEY_INVALID') }, 'PROVIDER_PERMISSION'],
    ['an API that is off', 403, { details: info('SERVICE_DISABLED') }, 'PROVIDER_PERMISSION'],
    [
      'words against the rules',
      400,
      { message: "It violates Google's Responsible AI practices." },
      'PROMPT_BLOCKED',
    ],
    [
      'an interaction’s own form',
      429,
      { code: 'too_many_requests', message: 'Slow down.' },
      'PROVIDER_QUOTA',
    ],
  ])('%s has its code', async (_, code, error, expected) => {
    expect(await answer(code, error)).toMatchObject({ code: expected });
  });

  const overloaded = {
    status: 'UNAVAILABLE',
    message: 'This model is currently experiencing high demand. Please try again later.',
  };
  const metric = 'You exceeded your current quota, please check your plan and billing details.';

  test.each<[string, number, object, object]>([
    [
      'an overload at the door: nothing was begun, and it passes',
      503,
      overloaded,
      { outcome: 'NOT_ACCEPTED', code: 'PROVIDER_UNAVAILABLE', patience, retryAfterSeconds: null },
    ],
    ['a 503 of somebody else', 503, { message: 'Bad gateway' }, { outcome: 'UNKNOWN', patience: null }],
    ['a time-out there', 504, { status: 'DEADLINE_EXCEEDED' }, { outcome: 'UNKNOWN', patience: null }],
    [
      'a limit without a time',
      429,
      { status: 'RESOURCE_EXHAUSTED', message: 'Resource exhausted. Please try again later.' },
      { outcome: 'NOT_ACCEPTED', code: 'PROVIDER_QUOTA', patience, retryAfterSeconds: null },
    ],
    [
      'a limit with its time in its words',
      429,
      { code: 'too_many_requests', message: `${metric} limit: 8. Please retry in 23.397s.` },
      { code: 'PROVIDER_QUOTA', patience, retryAfterSeconds: 23.397 },
    ],
    [
      'no quota at all',
      429,
      { code: 'quota_exceeded', message: `${metric} limit: 0` },
      { outcome: 'REFUSED', code: 'PROVIDER_BILLING', patience: null },
    ],
    [
      'credits that are used up',
      429,
      { status: 'RESOURCE_EXHAUSTED', message: 'Your prepayment credits are depleted.' },
      { outcome: 'REFUSED', code: 'PROVIDER_BILLING', patience: null },
    ],
    [
      'a spending cap',
      429,
      { status: 'RESOURCE_EXHAUSTED', message: 'Your project has exceeded its monthly spending cap.' },
      { outcome: 'REFUSED', code: 'PROVIDER_BILLING' },
    ],
    [
      'a payment that is due',
      402,
      { code: 'payment_required' },
      { outcome: 'REFUSED', code: 'PROVIDER_BILLING' },
    ],
  ])('%s', async (_, code, error, expected) => {
    expect(await answer(code, error)).toMatchObject(expected);
  });

  test.each<[string, object]>([
    ['its size', { code: 'too_many_requests', message: `${metric} limit: 100. Please retry in 1.58s.` }],
    [
      'its quota’s name',
      {
        status: 'RESOURCE_EXHAUSTED',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
            violations: [{ quotaId: 'RequestsPerDay' }],
          },
          { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '1.58s' },
        ],
      },
    ],
  ])('a limit of the day, by %s, is waited out to the end of Google’s day', async (_, error) => {
    const { retryAfterSeconds, patience: days } = await answer(429, error);
    const left = (pacificDayEnd(new Date()).getTime() - Date.now()) / 1_000;
    expect(retryAfterSeconds).toBeCloseTo(left, 0);
    expect(days?.inAllSeconds).toBeGreaterThan(86_400);
  });

  test('of a free call, billing is no word on what was bought', async () => {
    const due = new Response(JSON.stringify({ error: { code: 'payment_required' } }), { status: 402 });
    const error = await refusalOf({ ...call, paid: false, begins: false }, due);
    expect(error).toMatchObject({ outcome: 'NOT_ACCEPTED', code: 'PROVIDER_BILLING' });
  });

  test('names the request for Google’s support, and none of our secrets', async () => {
    const echo = `Key ${API_KEY}, like AQ.Ab8RN6-another_key, with Bearer ya29.abc-def was refused.`;
    const { message } = await answer(
      401,
      { status: 'UNAUTHENTICATED', message: echo },
      { 'x-goog-request-id': 'r-17' },
    );
    expect(message).toBe(
      'Google m: 401 UNAUTHENTICATED: Key [redacted], like [redacted], with [redacted] was refused. (request r-17)',
    );
  });

  test('that is no JSON is told by its first words', async () => {
    const error = await refusalOf(call, new Response('<html>Bad gateway</html>', { status: 502 }));
    expect(error).toMatchObject({ outcome: 'UNKNOWN', message: expect.stringContaining('Bad gateway') });
  });
});

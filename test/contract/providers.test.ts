/** What every vendor keeps to, in everything that it offers; `vendors.ts` lists them. */
import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { costOf, isPriced, ratesOf } from '../../src/features/budget/cost-of.ts';
import { settle } from '../../src/features/budget/reservation.ts';
import { openLog } from '../../src/platform/log.ts';
import { animatic } from '../../src/providers/animatic/index.ts';
import type { ClipVerdict } from '../../src/providers/clip-verdict.ts';
import { PAID_CALLS, type PaidCall } from '../../src/providers/paid-call.ts';
import { ProviderError } from '../../src/providers/provider-error.ts';
import { installProvider, providers } from '../../src/providers/registry.ts';
import type { Trouble } from '../support/paid-provider/protocol.ts';
import { useFixture } from '../support/fixture.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { useTestPlatform } from '../support/test-platform.ts';
import { Deal } from './deal.ts';
import { VENDORS } from './vendors.ts';

/** Seconds that are waited for a vendor that does not answer. */
const LIMIT_SECONDS = 0.5;
/** Seconds that a call may go on after its time, on a machine that does much else. */
const GRACE_SECONDS = 5;
const LONG_SECONDS = 30;

const HANG: Trouble = { kind: 'HANG', accepted: true };

/** What may go wrong with a purchase, how the ledger may end it, and whether the vendor sold all the same. */
type Fault = [name: string, trouble: Trouble, ends: string[], sold: 0 | 1, isRare?: true];
const FAULTS: Fault[] = [
  ['too many requests', { kind: 'STATUS', status: 429 }, ['RELEASE'], 0],
  ['not allowed', { kind: 'STATUS', status: 403 }, ['RELEASE'], 0, true],
  ['overloaded', { kind: 'STATUS', status: 503 }, ['RELEASE'], 0, true],
  ['a connection that breaks', { kind: 'RESET' }, ['UNKNOWN'], 0, true],
  ['a connection that breaks once it is sold', { kind: 'RESET', accepted: true }, ['UNKNOWN'], 1],
  ['half an answer', { kind: 'CUT' }, ['UNKNOWN'], 1, true],
  ['no answer', HANG, ['UNKNOWN', 'SETTLE'], 1, true],
];
/** Of what is begun, and made later. */
const BEGUN: Fault[] = [
  [
    'an internal fault once it is sold',
    { kind: 'STATUS', status: 500, accepted: true },
    ['UNKNOWN'],
    1,
    true,
  ],
];

const today = new Date().toISOString().slice(0, 10);
const platform = useTestPlatform();
let folder: string;
beforeAll(async () => {
  folder = temporaryFolder('contract');
});
afterAll(async () => {
  installProvider(animatic);
  delete providers.GOOGLE;
});

test('every capability is under contract with somebody', () => {
  const asked = VENDORS.flatMap(({ customers }) => Object.keys(customers));
  expect([...new Set(asked)].toSorted()).toEqual(PAID_CALLS.toSorted());
});

const secondsOf = async (work: Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work.catch(() => {});
  return (performance.now() - from) / 1_000;
};

describe.each(VENDORS)('$name', ({ customers, isLocal = false, isSlow = false, open }) => {
  const vendor = useFixture(open, (opened) => opened.close());
  const slow = (is = false) => ({ tags: is || isSlow ? ['long' as const] : [] });
  // What one call has taught it is nothing to the next.
  beforeEach(() => installProvider(vendor.fresh()));

  describe.each(Object.keys(customers) as PaidCall[])('%s', (name) => {
    const deal = () => new Deal(platform, { ...vendor, customers }, name, folder);

    test(
      'every quote has a price for all that it may use, and at the most costs no less than it likely does',
      slow(),
      () => {
        const { capability, customer } = deal();
        const { prices } = capability.model;
        for (const quote of customer.quotes(capability)) {
          const rates = ratesOf({ prices }, quote, today);
          const [likely, most] = [costOf(quote.likely, rates), costOf(quote.most, rates)];
          expect(prices.length === 0 || isPriced(quote.most, rates)).toBe(true);
          expect(most).toBeGreaterThanOrEqual(likely);
          expect(most > 0).toBe(prices.length > 0);
        }
      },
    );

    test(
      'is asked for once the money is set aside and that is committed, and costs no more',
      slow(isLocal),
      async () => {
        const of = deal();
        const purchase = await of.setAside();
        expect(of.sent()).toBe(0);
        const seen = of.watch(() => of.entries(purchase));
        const { usage } = await of.pay(purchase, LONG_SECONDS);
        expect(new Set(seen.map(String))).toEqual(new Set(isLocal ? [] : ['RESERVE']));
        const { microUsd } = purchase.reservation;
        const booked = platform.db.$transaction((tx) =>
          settle(tx, platform.ctx.actor, purchase, { usage, requestId: null }),
        );
        expect(await booked).toBeLessThanOrEqual(microUsd);
        const charges = await of.charges();
        expect(charges).toHaveLength(isLocal ? 0 : 1);
        for (const charge of charges) expect(charge).toBeLessThanOrEqual(microUsd);
      },
    );

    test('is not asked for once it was stopped', slow(), async () => {
      const of = deal();
      await expect(of.call(AbortSignal.abort(new Error('Stopped.')))).rejects.toBeInstanceOf(Error);
      expect(of.sent()).toBe(0);
    });

    test.runIf(isLocal)('ends soon after it is stopped', async () => {
      expect(await secondsOf(deal().call(AbortSignal.timeout(50)))).toBeLessThan(GRACE_SECONDS);
    });
    if (isLocal) return;

    for (const [fault, trouble, ends, sold, isRare] of customers[name]?.begins
      ? [...FAULTS, ...BEGUN]
      : FAULTS)
      test(`goes wrong: ${fault}`, slow(isRare), async () => {
        const of = deal();
        const purchase = await of.setAside();
        await of.spoil(trouble);
        const limitSeconds = trouble.kind === 'HANG' ? LIMIT_SECONDS : LONG_SECONDS;
        const failing = of.pay(purchase, limitSeconds);
        expect(await secondsOf(failing)).toBeLessThan(limitSeconds + GRACE_SECONDS);
        await expect(failing).rejects.toBeInstanceOf(Error);
        expect(of.sent()).toBe(1);
        expect(await of.entries(purchase)).toEqual(['RESERVE', expect.toBeOneOf(ends)]);
        expect(await of.charges()).toHaveLength(sold);
      });

    test('what is free to ask says nothing of the goods where it goes wrong', slow(true), async () => {
      for (const trouble of [{ kind: 'STATUS', status: 500 }, { kind: 'RESET' }, HANG] satisfies Trouble[]) {
        const of = deal();
        for (const { wire, ask } of Object.values(await of.questions())) {
          await of.spoil(trouble, wire);
          const signal = trouble === HANG ? AbortSignal.timeout(1_000 * LIMIT_SECONDS) : undefined;
          const asking = ask(signal).catch((error: unknown) => error);
          expect(await secondsOf(asking)).toBeLessThan(LONG_SECONDS);
          expect(await asking).toSatisfy(saysNothing);
        }
      }
    });

    test('tells no secret where it goes wrong', slow(), async () => {
      const { secrets } = vendor;
      const lines: string[] = [];
      const log = openLog('trace', { write: (line) => void lines.push(line) });
      const message = `The key ${secrets.join(' ')} is of no use here.`;
      const body = { error: { code: 400, message, status: 'INVALID_ARGUMENT' } };
      for (const trouble of [{ kind: 'STATUS', status: 400, body }, { kind: 'RESET' }] satisfies Trouble[]) {
        const of = deal();
        await of.spoil(trouble);
        const error: unknown = await of.call().catch((cause: unknown) => cause);
        expect(error).toBeInstanceOf(ProviderError);
        log.error({ err: error }, 'It went wrong.');
        lines.push(inspect(error, { depth: null, showHidden: true }), JSON.stringify(error));
      }
      for (const secret of secrets) expect(lines.join()).not.toContain(secret);
    });
  });
});

/** Of a question that went wrong: it may be asked again, or nobody was asked. */
function saysNothing(told: unknown): boolean {
  if (told instanceof ProviderError) return told.outcome === 'NOT_ACCEPTED';
  if (told instanceof Error) return told.name === 'TimeoutError';
  return told === null || (told as ClipVerdict).verdict === 'TRY_AGAIN_LATER';
}

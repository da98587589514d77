/** A provider is called only once the money for the call is set aside, and that is committed. */
import { expect, expectTypeOf, test } from 'vitest';
import { animatic } from '../../src/providers/animatic/index.ts';
import type { ProviderAdapter, RemoteClips } from '../../src/providers/provider.ts';
import { getProvider, installProvider } from '../../src/providers/registry.ts';
import type { Reservation } from '../../src/providers/reservation.ts';
import { usePaidStudio } from '../support/paid-film.ts';
import { sources } from '../support/sources.ts';

const studio = usePaidStudio();

/** What another connection sees of a reservation at the moment of the call. */
const seen: { call: string; kinds: string[]; isWhole: boolean }[] = [];

async function look(call: string, { operationKey, microUsd }: Reservation): Promise<void> {
  const entries = await studio.platform.db.ledgerEntry.findMany({ where: { operationKey } });
  const isWhole = entries.every(({ amountMicroUsd }) => amountMicroUsd === BigInt(microUsd));
  seen.push({ call, kinds: entries.map(({ kind }) => kind), isWhole });
}

function watched(provider: ProviderAdapter): ProviderAdapter {
  const { clips } = provider;
  if (clips.kind !== 'OPERATION') throw new Error('The paid provider has operations.');
  return {
    ...provider,
    async writeStoryboard(request, reservation, options) {
      await look('STORYBOARD', reservation);
      return provider.writeStoryboard(request, reservation, options);
    },
    async drawKeyframe(request, reservation, options) {
      await look('KEYFRAME', reservation);
      return provider.drawKeyframe(request, reservation, options);
    },
    clips: {
      ...clips,
      async submit(request, reservation, options) {
        await look('CLIP', reservation);
        return clips.submit(request, reservation, options);
      },
    },
  };
}

test('the reservation is committed before each call, and settled only after it', async () => {
  installProvider(watched(getProvider('ANIMATIC')));
  expect(await studio.film({ scenes: 1 }).make()).toMatchObject({ status: 'COMPLETED' });
  const calls = ['STORYBOARD', 'KEYFRAME', 'KEYFRAME', 'CLIP'];
  expect(seen).toEqual(calls.map((call) => ({ call, kinds: ['RESERVE'], isWhole: true })));
});

test('a free film writes no entry', { tags: 'long' }, async () => {
  const before = await studio.platform.db.ledgerEntry.count();
  installProvider(animatic);
  expect(await studio.film({ scenes: 1 }).make()).toMatchObject({ status: 'COMPLETED' });
  expect(await studio.platform.db.ledgerEntry.count()).toBe(before);
});

test('nothing but a reservation opens a method that costs, and only the budget makes one', () => {
  type Made = Pick<Reservation, 'operationKey' | 'microUsd'>;
  expectTypeOf<Made>().not.toExtend<Reservation>();
  expectTypeOf<Parameters<ProviderAdapter['writeStoryboard']>[1]>().toEqualTypeOf<Reservation>();
  expectTypeOf<Parameters<ProviderAdapter['drawKeyframe']>[1]>().toEqualTypeOf<Reservation>();
  expectTypeOf<Parameters<RemoteClips['submit']>[1]>().toEqualTypeOf<Reservation>();
  const makers = sources().filter(({ text }) =>
    /\b(as|satisfies)\s+(unknown as )?Reservation\b|<Reservation>\s*\{/.test(text),
  );
  expect(makers.map(({ file }) => file)).toEqual(['src/features/budget/reservation.ts']);
});

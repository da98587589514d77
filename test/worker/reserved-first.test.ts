/** A provider is called only once the money for the call is set aside, and that is committed. */
import { expect, expectTypeOf, test } from 'vitest';
import { animatic } from '../../src/providers/animatic/index.ts';
import { requireFilmProvider } from '../../src/features/projects/film-provider.ts';
import type { FilmProvider } from '../../src/providers/adapter.ts';
import type { RemoteClips } from '../../src/providers/capabilities/clip.ts';
import type { KeyframeCapability } from '../../src/providers/capabilities/keyframe.ts';
import type { StoryboardCapability } from '../../src/providers/capabilities/storyboard.ts';
import { installProvider } from '../../src/providers/registry.ts';
import type { Reservation } from '../../src/providers/reservation.ts';
import { changed, remoteClips } from '../support/changed.ts';
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

const looking =
  <Order, Options, Goods>(
    call: string,
    buy: (order: Order, reservation: Reservation, options: Options) => Promise<Goods>,
  ) =>
  async (order: Order, reservation: Reservation, options: Options): Promise<Goods> => {
    await look(call, reservation);
    return buy(order, reservation, options);
  };

function watched(provider: FilmProvider): FilmProvider {
  const { STORYBOARD, KEYFRAME } = provider.capabilities;
  const clips = remoteClips(provider);
  return changed(provider, {
    STORYBOARD: { call: looking('STORYBOARD', STORYBOARD.call) },
    KEYFRAME: { call: looking('KEYFRAME', KEYFRAME.call) },
    CLIP: { submit: looking('CLIP', clips.submit) },
  });
}

test('the reservation is committed before each call, and settled only after it', async () => {
  installProvider(watched(requireFilmProvider('ANIMATIC')));
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
  expectTypeOf<Parameters<StoryboardCapability['call']>[1]>().toEqualTypeOf<Reservation>();
  expectTypeOf<Parameters<KeyframeCapability['call']>[1]>().toEqualTypeOf<Reservation>();
  expectTypeOf<Parameters<RemoteClips['submit']>[1]>().toEqualTypeOf<Reservation>();
  const makers = sources().filter(({ text }) =>
    /\b(as|satisfies)\s+(unknown as )?Reservation\b|<Reservation>\s*\{/.test(text),
  );
  expect(makers.map(({ file }) => file)).toEqual(['src/features/budget/reservation.ts']);
});

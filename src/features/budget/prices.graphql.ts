import { builder } from '../../graphql/builder.ts';
import type { Price, PriceUnit } from '../../providers/price.ts';
import type { Provider } from '../../generated/prisma/client.ts';
import type { ModelStanding, Standing } from '../../providers/model-standing.ts';
import type { Model } from '../../providers/model.ts';
import { CAPABILITIES } from '../../providers/capabilities/capabilities.ts';
import { PAID_CALLS, type PaidCall } from '../../providers/paid-call.ts';
import { providers } from '../../providers/registry.ts';
import { isStale, STALE_DAYS } from './price-age.ts';

const PriceUnitEnum = builder.enumType('PriceUnit', {
  description: 'What a price is for one of.',
  values: {
    SECOND: { description: 'Second of a clip.' },
    IMAGE: { description: 'Picture.' },
    MILLION_INPUT_TOKENS: { description: 'Million tokens that are sent to a model.' },
    MILLION_CACHED_INPUT_TOKENS: {
      description: 'Million tokens that are sent to a model, and that it has had before.',
    },
    MILLION_OUTPUT_TOKENS: {
      description: 'Million tokens that a model answers with in words, its thoughts included.',
    },
    MILLION_IMAGE_OUTPUT_TOKENS: { description: 'Million tokens of pictures that a model draws.' },
    MILLION_VIDEO_OUTPUT_TOKENS: { description: 'Million tokens of clips that a model films.' },
  } satisfies Record<PriceUnit, object>,
});

export const PaidCallEnum = builder.enumType('PaidCall', {
  description: 'A call that costs money, where the provider takes any.',
  values: Object.fromEntries(
    PAID_CALLS.map((call) => [call, { description: CAPABILITIES[call].does }]),
  ) as Record<PaidCall, { description: string }>,
});

export const PriceType = builder.objectRef<Price>('Price').implement({
  description: 'What one unit of a model costs.',
  fields: (t) => ({
    unit: t.expose('unit', { type: PriceUnitEnum, description: 'What it is for one of.' }),
    microUsd: t.expose('microUsd', { type: 'SafeInt', description: 'Micro-USD (1 cent = 10,000).' }),
    resolution: t.exposeString('resolution', {
      nullable: true,
      description: 'Resolution it holds for, as the vendor names it; null for every one.',
    }),
    sound: t.boolean({
      nullable: true,
      description:
        'Whether it is of clips with sound or of those without; null where that makes no difference.',
      resolve: ({ sound }) => sound ?? null,
    }),
    from: t.string({
      nullable: true,
      description: 'First day (UTC) on which it holds: `2027-01-01`; null where it holds already.',
      resolve: ({ from }) => from ?? null,
    }),
    until: t.string({
      nullable: true,
      description: 'Last day (UTC) on which it holds; null where no end is told.',
      resolve: ({ until }) => until ?? null,
    }),
    source: t.exposeString('source', { description: 'Where it was read: an address to open.' }),
    asOf: t.exposeString('asOf', { description: 'Day on which it was read there: `2026-10-07`.' }),
    isStale: t.boolean({
      description: `Whether the vendor may charge another one now: it was read more than ${STALE_DAYS} days ago, or is past its last day.`,
      resolve: (price) => isStale(price, new Date()),
    }),
  }),
});

const StandingEnum = builder.enumType('ModelStanding', {
  description: 'Whether a model is to be had.',
  values: {
    LIVE: { description: 'It is there, for this server.' },
    REFUSED: { description: 'Surely not: it is gone, or this server may not use it.' },
    NOT_KNOWN: { description: 'No answer told: its provider is overloaded, or out of reach.' },
  } satisfies Record<Standing, object>,
});

type OwnModel = Model & { call: PaidCall; provider: Provider };

/** One that cannot be asked for is made here. */
async function standingOf({ call, provider }: OwnModel): Promise<Pick<ModelStanding, 'standing' | 'words'>> {
  const standing = await providers[provider]?.capabilities[call]?.askForModel?.();
  return standing ?? { standing: 'LIVE', words: '' };
}

export const ProviderModel = builder.objectRef<OwnModel>('ProviderModel').implement({
  description: 'A model that a provider uses for one kind of call.',
  fields: (t) => ({
    call: t.expose('call', { type: PaidCallEnum, description: 'What it is used for.' }),
    name: t.exposeString('name', { description: "The vendor's name of it." }),
    prices: t.field({
      type: [PriceType],
      description:
        'What it costs; none for what is free. Where there are prices by tokens, it is charged by those, and prices by the second or the picture are what they usually come to.',
      resolve: ({ prices }) => prices,
    }),
    standing: t.field({
      type: StandingEnum,
      description:
        'Whether it is to be had; its provider is asked for free, and the answer holds for a while.',
      resolve: async (model) => (await standingOf(model)).standing,
    }),
    standingMessage: t.string({
      nullable: true,
      description: 'Why it is not to be had, or why nobody knows, and the way out; null of one that is live.',
      resolve: async (model) => (await standingOf(model)).words || null,
    }),
    retiresOn: t.string({
      nullable: true,
      description: 'Day from which on it may be gone, as its vendor tells; null where none is told.',
      resolve: ({ retiresOn }) => retiresOn ?? null,
    }),
    replacement: t.string({
      nullable: true,
      description: 'Name of the model that takes its place; null where none is told.',
      resolve: ({ replacement }) => replacement ?? null,
    }),
    source: t.string({
      nullable: true,
      description: 'Where its vendor tells of it: an address to open; null for a model of our own.',
      resolve: ({ source }) => source ?? null,
    }),
    asOf: t.string({
      nullable: true,
      description: 'Day on which that was read.',
      resolve: ({ asOf }) => asOf ?? null,
    }),
  }),
});

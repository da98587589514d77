import { builder } from '../../graphql/builder.ts';
import type { Price, PriceUnit } from '../../providers/price.ts';
import type { Model, PaidCall } from '../../providers/provider.ts';
import { isStale, STALE_DAYS } from './price-age.ts';

const PriceUnitEnum = builder.enumType('PriceUnit', {
  description: 'What a price is for one of.',
  values: {
    SECOND: { description: 'Second of a clip.' },
    IMAGE: { description: 'Picture.' },
    MILLION_INPUT_TOKENS: { description: 'Million tokens that are sent to a model.' },
    MILLION_OUTPUT_TOKENS: { description: 'Million tokens that a model answers with.' },
  } satisfies Record<PriceUnit, object>,
});

export const PaidCallEnum = builder.enumType('PaidCall', {
  description: 'A call that costs money, where the provider takes any.',
  values: {
    STORYBOARD: { description: 'Writes a storyboard.' },
    KEYFRAME: { description: 'Draws a first or a last frame.' },
    CLIP: { description: 'Makes a clip.' },
  } satisfies Record<PaidCall, object>,
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
    source: t.exposeString('source', { description: 'Where it was read: an address to open.' }),
    asOf: t.exposeString('asOf', { description: 'Day on which it was read there: `2026-10-07`.' }),
    isStale: t.boolean({
      description: `Whether that is more than ${STALE_DAYS} days ago: the vendor may charge another one now.`,
      resolve: (price) => isStale(price, new Date()),
    }),
  }),
});

export const ProviderModel = builder.objectRef<Model & { call: PaidCall }>('ProviderModel').implement({
  description: 'A model that a provider uses for one kind of call.',
  fields: (t) => ({
    call: t.expose('call', { type: PaidCallEnum, description: 'What it is used for.' }),
    name: t.exposeString('name', { description: "The vendor's name of it." }),
    prices: t.field({
      type: [PriceType],
      description: 'What it costs; none for what is free.',
      resolve: ({ prices }) => prices,
    }),
  }),
});

import { encodeGlobalId, type NodeType } from '../../core/ids.ts';
import { builder } from '../../graphql/builder.ts';
import type { ApiContext } from '../../graphql/context.ts';
import { checkRange } from './ledger.ts';
import { sumUsage, USAGE_GROUPS, type UsageRow } from './usage.sql.ts';

/** A group of objects of a type, each with the title of those that still exist. */
type ObjectGroup = {
  description: string;
  type: NodeType;
  titlesOf(ctx: ApiContext, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
};

const words: Record<string, { description: string }> = {
  DAY: { description: 'Day (UTC) of the call.' },
  PROVIDER: { description: 'Provider that was called.' },
  MODEL: { description: 'Model that was used.' },
  CALL: { description: 'What was asked for.' },
} satisfies Record<(typeof USAGE_GROUPS)[number], object>;

const UsageGroupEnum = builder.enumType('UsageGroup', {
  description: 'What spending is summed by.',
  values: words,
});

const objectGroups = new Map<string, ObjectGroup>();

/** Lets spending be summed by the objects of a type: with a word of the enum `UsageGroup`, and for whoever declares it. */
export function declareUsageGroup(word: string, group: ObjectGroup): void {
  objectGroups.set(word, group);
  words[word] = { description: group.description };
  UsageGroupEnum.updateConfig((config) => ({ ...config, values: { ...words } }));
}

type Usage = UsageRow & { title: string | null };

const UsageType = builder.objectRef<Usage>('Usage').implement({
  description: 'What the calls of a group cost. Micro-USD: 1 cent is 10,000.',
  fields: (t) => ({
    key: t.exposeString('key', {
      description: 'The day (`2026-11-22`), the id of the project, the provider, the model or the call.',
    }),
    title: t.exposeString('title', {
      nullable: true,
      description: 'Title of a project that still exists; null for any other group.',
    }),
    calls: t.exposeInt('calls', { description: 'Calls, without those that were not charged.' }),
    settledMicroUsd: t.field({
      type: 'SafeInt',
      description: 'Charged.',
      resolve: (row) => Number(row.settledMicroUsd),
    }),
    estimatedMicroUsd: t.field({
      type: 'SafeInt',
      description:
        'Of what was charged, what is booked as an estimate: the provider did not say what was used.',
      resolve: (row) => Number(row.estimatedMicroUsd),
    }),
    reservedMicroUsd: t.field({
      type: 'SafeInt',
      description: 'Set aside for calls that are on their way.',
      resolve: (row) => Number(row.reservedMicroUsd),
    }),
    unknownMicroUsd: t.field({
      type: 'SafeInt',
      description: 'Set aside for calls of which nobody knows whether they were charged.',
      resolve: (row) => Number(row.unknownMicroUsd),
    }),
  }),
});

builder.queryField('usage', (t) =>
  t.field({
    type: [UsageType],
    description: 'What your workspace has spent, summed from the ledger; the smallest key first.',
    args: {
      groupBy: t.arg({ type: UsageGroupEnum, description: 'What to sum by.' }),
      from: t.arg.string({ required: false, description: 'First day (UTC): `2026-11-01`.' }),
      to: t.arg.string({ required: false, description: 'Last day (UTC): `2026-11-30`.' }),
    },
    resolve: async (_root, { groupBy, from = null, to = null }, ctx): Promise<Usage[]> => {
      const { db, actor } = ctx;
      const range = checkRange({ from, to });
      const plain = USAGE_GROUPS.find((group) => group === groupBy);
      const of = objectGroups.get(groupBy);
      if (of) {
        const rows = await sumUsage(db, actor, of, range);
        const ids = rows.map(({ key }) => key);
        const titles = await of.titlesOf(ctx, ids);
        return rows.map((row) => ({
          ...row,
          key: encodeGlobalId(of.type, row.key),
          title: titles.get(row.key) ?? null,
        }));
      }
      const rows = plain ? await sumUsage(db, actor, plain, range) : [];
      return rows.map((row) => ({ ...row, title: null }));
    },
  }),
);

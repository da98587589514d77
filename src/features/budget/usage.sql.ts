import { scopeOf } from '../../core/scopes.ts';
import type { NodeType } from '../../core/ids.ts';
import { Prisma, type PrismaClient } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import { visibleEntries } from './ledger.ts';

/** What the ledger itself can sum by. */
export const USAGE_GROUPS = ['DAY', 'PROVIDER', 'MODEL', 'CALL'] as const;
/** Those, or what calls of a type of object cost. */
export type UsageGroup = (typeof USAGE_GROUPS)[number] | { type: NodeType };

/** What a group's calls cost, in micro-USD; calls that were given back are not in it. */
export type UsageRow = {
  /** The day, the provider, the model, the call or the object's UUID. */
  key: string;
  calls: number;
  settledMicroUsd: bigint;
  /** Of that, what nobody said the usage of. */
  estimatedMicroUsd: bigint;
  reservedMicroUsd: bigint;
  unknownMicroUsd: bigint;
};

const KEYS: Record<(typeof USAGE_GROUPS)[number], Prisma.Sql> = {
  DAY: Prisma.sql`to_char(r.day, 'YYYY-MM-DD')`,
  PROVIDER: Prisma.sql`r.provider::text`,
  MODEL: Prisma.sql`r.model`,
  CALL: Prisma.sql`r.call`,
};

function keyOf(group: UsageGroup): Prisma.Sql {
  if (typeof group === 'string') return KEYS[group];
  const start = scopeOf(group.type, '');
  return Prisma.sql`(SELECT substr(scope, ${start.length + 1}) FROM unnest(r.scopes) AS scope WHERE starts_with(scope, ${start}) LIMIT 1)`;
}

/** Sums the ledger by call and then by group: Prisma cannot join a reservation with what became of it. */
export const sumUsage = (
  db: Pick<PrismaClient, '$queryRaw'>,
  actor: Actor,
  group: UsageGroup,
  { from, to }: { from: Date | null; to: Date | null },
): Promise<UsageRow[]> =>
  db.$queryRaw<UsageRow[]>`
    SELECT of_call.key, count(*)::integer AS calls,
      sum(settled)::bigint AS "settledMicroUsd", sum(estimated)::bigint AS "estimatedMicroUsd", sum(reserved)::bigint AS "reservedMicroUsd",
      sum(unknown)::bigint AS "unknownMicroUsd"
    FROM (
      SELECT ${keyOf(group)} AS key,
        coalesce(c.amount_micro_usd, 0) AS settled,
        CASE WHEN c.is_estimate THEN c.amount_micro_usd ELSE 0 END AS estimated,
        CASE WHEN c.id IS NULL AND u.id IS NULL THEN r.amount_micro_usd ELSE 0 END AS reserved,
        CASE WHEN c.id IS NULL AND u.id IS NOT NULL THEN r.amount_micro_usd ELSE 0 END AS unknown
      FROM ledger_entries r
      LEFT JOIN ledger_entries c ON c.operation_key = r.operation_key AND c.kind IN ('SETTLE', 'RELEASE')
      LEFT JOIN ledger_entries u ON u.operation_key = r.operation_key AND u.kind = 'UNKNOWN'
      WHERE r.kind = 'RESERVE' AND c.kind IS DISTINCT FROM 'RELEASE' AND ${visibleEntries.sql(actor, 'r')}
        AND r.day BETWEEN coalesce(${from}::date, '-infinity') AND coalesce(${to}::date, 'infinity')
    ) of_call
    WHERE of_call.key IS NOT NULL
    GROUP BY of_call.key
    ORDER BY of_call.key`;

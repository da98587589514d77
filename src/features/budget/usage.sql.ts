import { Prisma, type PrismaClient } from '../../generated/prisma/client.ts';

export const USAGE_GROUPS = ['DAY', 'PROJECT', 'PROVIDER', 'MODEL', 'CALL'] as const;
export type UsageGroup = (typeof USAGE_GROUPS)[number];

/** What a group's calls cost, in micro-USD; calls that were given back are not in it. */
export type UsageRow = {
  /** The day, the project's UUID, the provider, the model or the call. */
  key: string;
  /** Title of a project that still exists; null for any other group. */
  title: string | null;
  calls: number;
  settledMicroUsd: bigint;
  /** Of that, what nobody said the usage of. */
  estimatedMicroUsd: bigint;
  reservedMicroUsd: bigint;
  unknownMicroUsd: bigint;
};

const KEYS: Record<UsageGroup, Prisma.Sql> = {
  DAY: Prisma.sql`to_char(r.day, 'YYYY-MM-DD')`,
  PROJECT: Prisma.sql`r.project_id::text`,
  PROVIDER: Prisma.sql`r.provider::text`,
  MODEL: Prisma.sql`r.model`,
  CALL: Prisma.sql`r.call`,
};

/** Sums the ledger by call and then by group: Prisma cannot join a reservation with what became of it. */
export const sumUsage = (
  db: Pick<PrismaClient, '$queryRaw'>,
  workspaceId: string,
  group: UsageGroup,
  { from, to }: { from: Date | null; to: Date | null },
): Promise<UsageRow[]> =>
  db.$queryRaw<UsageRow[]>`
    SELECT of_call.key, min(p.title) AS title, count(*)::integer AS calls,
      sum(settled)::bigint AS "settledMicroUsd", sum(estimated)::bigint AS "estimatedMicroUsd", sum(reserved)::bigint AS "reservedMicroUsd",
      sum(unknown)::bigint AS "unknownMicroUsd"
    FROM (
      SELECT ${KEYS[group]} AS key, r.project_id,
        coalesce(c.amount_micro_usd, 0) AS settled,
        CASE WHEN c.is_estimate THEN c.amount_micro_usd ELSE 0 END AS estimated,
        CASE WHEN c.id IS NULL AND u.id IS NULL THEN r.amount_micro_usd ELSE 0 END AS reserved,
        CASE WHEN c.id IS NULL AND u.id IS NOT NULL THEN r.amount_micro_usd ELSE 0 END AS unknown
      FROM ledger_entries r
      LEFT JOIN ledger_entries c ON c.operation_key = r.operation_key AND c.kind IN ('SETTLE', 'RELEASE')
      LEFT JOIN ledger_entries u ON u.operation_key = r.operation_key AND u.kind = 'UNKNOWN'
      WHERE r.kind = 'RESERVE' AND c.kind IS DISTINCT FROM 'RELEASE' AND r.workspace_id = ${workspaceId}::uuid
        AND r.day BETWEEN coalesce(${from}::date, '-infinity') AND coalesce(${to}::date, 'infinity')
    ) of_call
    LEFT JOIN projects p ON p.id = of_call.project_id AND ${group} = 'PROJECT'
    GROUP BY of_call.key
    ORDER BY of_call.key`;

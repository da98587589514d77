/** The ledger's own functions (migration `ledger_by_scopes`): each locks, looks and writes in one statement. */
import {
  type LedgerEntryKind,
  Prisma,
  type PrismaClient,
  type Provider,
} from '../../generated/prisma/client.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Usage } from '../../providers/price.ts';
import type { PaidCall } from '../../providers/paid-call.ts';
import type { Rates } from './cost-of.ts';

type Queries = Pick<PrismaClient, '$queryRaw'>;

/** The scope of a cap that has no room for a call, and what of it is used: charged, and set aside. In micro-USD. */
export type ExceededCap = { cap: string; capCents: number; settled: bigint; reserved: bigint };

export type NewReservation = {
  id: string;
  workspaceId: string;
  runId: string;
  /** What it counts for, narrowest first; a scope of days is that of the day of the database. */
  scopes: readonly string[];
  subject: string;
  microUsd: number;
  provider: Provider;
  model: string;
  call: PaidCall;
  most: Usage;
  /** Of its day. */
  rates: Rates;
};

type Reserved =
  | { outcome: 'RESERVED'; key: string }
  /** An earlier call for the subject was never answered. */
  | { outcome: 'OPEN'; key: string }
  | ({ outcome: 'OVER' } & ExceededCap);

/** Sets money aside, if every cap has room for it and no call for the subject is open. */
export async function insertReservation(tx: Tx, of: NewReservation): Promise<Reserved> {
  const [row] = await tx.$queryRaw<Reserved[]>`
    SELECT outcome, key, cap, cap_cents AS "capCents", settled, reserved
    FROM reserve_money(${of.scopes}::text[], ${of.id}::uuid, ${of.workspaceId}::uuid, ${of.runId}::uuid,
      ${of.subject}, ${of.microUsd}::bigint, ${of.provider}::"Provider", ${of.model}, ${of.call},
      ${JSON.stringify(of.most)}::jsonb, ${JSON.stringify(of.rates)}::jsonb)`;
  if (!row) throw new Error('The database gave no answer to a reservation.');
  return row;
}

export type Closing = {
  id: string;
  operationKey: string;
  kind: Exclude<LedgerEntryKind, 'RESERVE'>;
  /** Null for what was reserved. */
  microUsd: number | null;
  /** Null for what was reserved. */
  usage: Usage | null;
  /** Whether nobody said what was used. */
  isEstimate: boolean;
  requestId: string | null;
};

/** A call as its money was set aside. */
export type ReservedCall = {
  workspaceId: string;
  runId: string;
  scopes: string[];
  provider: Provider;
  model: string;
  call: PaidCall;
  /** What is set aside for it. */
  microUsd: bigint;
};

/** Writes what became of a call. @returns the call; null if that was known before: nothing is written. */
export async function insertClosing(tx: Tx, of: Closing): Promise<ReservedCall | null> {
  const usage = of.usage && JSON.stringify(of.usage);
  const [row] = await tx.$queryRaw<(ReservedCall & { written: boolean })[]>`
    WITH closed AS MATERIALIZED (
      SELECT close_call(${of.id}::uuid, ${of.operationKey}, ${of.kind}::"LedgerEntryKind", ${of.microUsd}::bigint,
        ${usage}::jsonb, ${of.requestId}, ${of.isEstimate}) AS written)
    SELECT closed.written, r.workspace_id AS "workspaceId", r.run_id AS "runId", r.scopes, r.provider, r.model, r.call,
      r.amount_micro_usd AS "microUsd"
    FROM closed LEFT JOIN ledger_entries r ON r.operation_key = ${of.operationKey} AND r.kind = 'RESERVE'`;
  return row?.written === true ? row : null;
}

export type OpenCall = {
  operationKey: string;
  call: PaidCall;
  isUnknown: boolean;
  /** What is set aside for it. */
  microUsd: bigint;
  most: Usage;
  /** None for one that was reserved before the ledger kept them. */
  rates: Rates;
};

/** Calls that were neither charged nor given back yet, of a scope or of what is bought; oldest first. */
export const readOpenCalls = (
  db: Queries,
  of: { scope: string } | { subject: string },
): Promise<OpenCall[]> =>
  db.$queryRaw<OpenCall[]>`
    SELECT r.operation_key AS "operationKey", r.call, r.amount_micro_usd AS "microUsd", r.usage AS most, r.rates, EXISTS (
      SELECT FROM ledger_entries u WHERE u.operation_key = r.operation_key AND u.kind = 'UNKNOWN') AS "isUnknown"
    FROM ledger_entries r
    WHERE ${'scope' in of ? countsFor(of.scope) : Prisma.sql`r.subject = ${of.subject}`} AND r.kind = 'RESERVE'
      AND NOT EXISTS (
        SELECT FROM ledger_entries c WHERE c.operation_key = r.operation_key AND c.kind IN ('SETTLE', 'RELEASE'))
    ORDER BY r.id`;

/** Whether the entry `r` counts for a scope. */
export const countsFor = (scope: string) => Prisma.sql`r.scopes @> ARRAY[${scope}]::text[]`;

/** The caps of these scopes stay as they are until `tx` ends: who raises one then sees what `tx` did. */
export const lockCaps = (tx: Tx, scopes: readonly string[]): Promise<unknown> =>
  tx.$queryRaw`SELECT 1 FROM cost_caps WHERE scope = ANY (${scopes}::text[]) ORDER BY scope FOR SHARE`;

/** The first cap of these scopes, narrowest first, that so many micro-USD more would pass. */
export async function findExceededCap(
  tx: Tx,
  scopes: readonly string[],
  microUsd: number,
): Promise<ExceededCap | null> {
  const [row] = await tx.$queryRaw<ExceededCap[]>`
    SELECT cap, cap_cents AS "capCents", settled, reserved
    FROM exceeded_cap(${scopes}::text[], (now() AT TIME ZONE 'UTC')::date, ${microUsd}::bigint)`;
  return row ?? null;
}

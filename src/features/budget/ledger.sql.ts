/** The ledger's own functions (migration `ledger_rates`): each locks, looks and writes in one statement. */
import {
  type CostCap,
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

/** A cap that has no room for a call, and what of it is used: charged, and set aside. In micro-USD. */
export type ExceededCap = { cap: CostCap; capCents: number; settled: bigint; reserved: bigint };

export type NewReservation = {
  id: string;
  workspaceId: string;
  /** Null for a run on something else. */
  projectId: string | null;
  runId: string;
  sceneId: string | null;
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
    FROM reserve_money(${of.id}::uuid, ${of.workspaceId}::uuid, ${of.projectId}::uuid, ${of.runId}::uuid,
      ${of.sceneId}::uuid, ${of.subject}, ${of.microUsd}::bigint, ${of.provider}::"Provider", ${of.model}, ${of.call},
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

/** Writes what became of a call. @returns false if that was known before: nothing is written. */
export async function insertClosing(tx: Tx, of: Closing): Promise<boolean> {
  const usage = of.usage && JSON.stringify(of.usage);
  const [row] = await tx.$queryRaw<{ written: boolean }[]>`
    SELECT close_call(${of.id}::uuid, ${of.operationKey}, ${of.kind}::"LedgerEntryKind", ${of.microUsd}::bigint,
      ${usage}::jsonb, ${of.requestId}, ${of.isEstimate}) AS written`;
  return row?.written === true;
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

/** No index answers IS NOT DISTINCT FROM. */
const isOfProject = (projectId: string | null) =>
  projectId === null ? Prisma.sql`r.project_id IS NULL` : Prisma.sql`r.project_id = ${projectId}::uuid`;

/** Calls of a project that were neither charged nor given back yet, oldest first; only a subject's or a run's if asked. */
export const readOpenCalls = (
  db: Queries,
  {
    projectId,
    runId = null,
    subject = null,
  }: { projectId: string | null; runId?: string | null; subject?: string | null },
): Promise<OpenCall[]> =>
  db.$queryRaw<OpenCall[]>`
    SELECT r.operation_key AS "operationKey", r.call, r.amount_micro_usd AS "microUsd", r.usage AS most, r.rates, EXISTS (
      SELECT FROM ledger_entries u WHERE u.operation_key = r.operation_key AND u.kind = 'UNKNOWN') AS "isUnknown"
    FROM ledger_entries r
    WHERE ${isOfProject(projectId)} AND r.kind = 'RESERVE'
      AND (${runId}::uuid IS NULL OR r.run_id = ${runId}::uuid) AND (${subject}::text IS NULL OR r.subject = ${subject})
      AND NOT EXISTS (
        SELECT FROM ledger_entries c WHERE c.operation_key = r.operation_key AND c.kind IN ('SETTLE', 'RELEASE'))
    ORDER BY r.id`;

/** The caps' rows stay as they are until `tx` ends: who raises one then sees what `tx` did. */
export const holdCaps = (
  tx: Tx,
  { workspaceId, projectId }: Pick<NewReservation, 'workspaceId' | 'projectId'>,
) =>
  tx.$queryRaw`
    WITH project AS (SELECT 1 FROM projects WHERE id = ${projectId}::uuid FOR SHARE),
      workspace AS (SELECT 1 FROM workspaces WHERE id = ${workspaceId}::uuid FOR SHARE)
    SELECT (SELECT count(*) FROM project)::int + (SELECT count(*) FROM workspace)::int`;

/** The first cap, narrowest first, that so many micro-USD more would pass. */
export async function findExceededCap(
  tx: Tx,
  run: Pick<NewReservation, 'id' | 'workspaceId' | 'projectId'>,
  microUsd: number,
): Promise<ExceededCap | null> {
  const [row] = await tx.$queryRaw<ExceededCap[]>`
    SELECT cap, cap_cents AS "capCents", settled, reserved
    FROM exceeded_cap(${run.workspaceId}::uuid, ${run.projectId}::uuid, ${run.id}::uuid,
      (now() AT TIME ZONE 'UTC')::date, ${microUsd}::bigint)`;
  return row ?? null;
}

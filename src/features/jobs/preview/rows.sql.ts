/** Rows of jobs by the thousand: one statement each, where Prisma would bind a parameter for every cell. */
import { type Job, Prisma, type PrismaClient } from '../../../generated/prisma/client.ts';
import { newId } from '../../../core/ids.ts';
import type { Actor } from '../../../platform/context.ts';
import type { Bulk } from '../../../platform/database/bulk.ts';
import type { RowInput } from '../kinds/kind.ts';
import { visibleJobs } from '../job.ts';
import type { RowRead } from './read-row.ts';
import type { Spread } from '../../budget/estimate.ts';

/** An earlier row that asks for the same. */
export type Twin = { jobId: string; rowNumber: number };

export type NewRow = RowRead & { microUsd: Spread; duplicateOf: Twin | null };

type Writer = Pick<PrismaClient, '$executeRaw'>;
type Reader = Pick<PrismaClient, '$queryRaw'>;

/** Writes rows of a job that nobody sees yet. */
export async function insertRows(bulk: Bulk, jobId: string, rows: readonly NewRow[]): Promise<void> {
  const written = rows.map((row) => ({
    id: newId(),
    row_number: row.rowNumber,
    row_checksum: row.checksum,
    cells: row.cells,
    input: row.input,
    problems: row.problems,
    duplicate_of: row.duplicateOf,
    low: row.microUsd.low,
    likely: row.microUsd.likely,
    high: row.microUsd.high,
  }));
  await bulk(Prisma.sql`
    INSERT INTO job_rows (id, job_id, row_number, row_checksum, cells, input, problems, duplicate_of, low_micro_usd,
      likely_micro_usd, high_micro_usd)
    SELECT id, ${jobId}::uuid, row_number, row_checksum, cells, input, problems, nullif(duplicate_of, 'null'), low,
      likely, high
    FROM jsonb_to_recordset(${JSON.stringify(written)}::jsonb) AS r(id uuid, row_number int, row_checksum text,
      cells text[], input jsonb, problems jsonb, duplicate_of jsonb, low bigint, likely bigint, high bigint)`);
}

/** So many new rows make what the planner knows of the table wrong; ours. */
const MANY = 10_000;

/** Lets the planner know of many new rows at once: until it does, it sorts all of them for a page. */
export async function knowRows(bulk: Bulk, count: number): Promise<void> {
  if (count >= MANY) await bulk(Prisma.sql`ANALYZE job_rows`);
}

/**
 * Rows of confirmed jobs of the actor's that ask for one of these and have got it, or will: the first of each. Those that
 * failed or were left out are not among them.
 *
 * @param jobId whose own rows are not among them either.
 */
export async function findTwins(
  bulk: Bulk,
  actor: Actor,
  checksums: readonly string[],
  jobId: string,
): Promise<Map<string, Twin>> {
  const found = await bulk<Twin & { checksum: string }>(Prisma.sql`
    SELECT DISTINCT ON (r.row_checksum) r.row_checksum AS checksum, r.job_id AS "jobId", r.row_number AS "rowNumber"
    FROM job_rows r JOIN jobs j ON j.id = r.job_id
    WHERE r.row_checksum = ANY (${checksums}::text[]) AND ${visibleJobs.sql(actor, 'j')}
      AND j.id <> ${jobId}::uuid AND j.started_at IS NOT NULL AND j.status <> 'CANCELLED' AND r.status NOT IN ('FAILED', 'SKIPPED')
    ORDER BY r.row_checksum, j.started_at, r.row_number`);
  return new Map(found.map(({ checksum, ...twin }) => [checksum, twin]));
}

/**
 * Says anew of a row that was changed whether an earlier row asks for the same, as a preview does. Of a job that was not
 * confirmed yet, also of the others that ask for what it asked for, or asks for now: they stay as they were confirmed
 * otherwise.
 *
 * @param rowNumber the row, which the caller has raised the version of; null if none was changed, but some were left out.
 * @param checksums what the row asked for, and asks for now.
 */
export async function markTwins(
  db: Reader & Writer,
  actor: Actor,
  { id: jobId, status }: Pick<Job, 'id' | 'status'>,
  rowNumber: number | null,
  checksums: readonly string[],
): Promise<void> {
  const withOthers = status === 'PENDING';
  const twins = Object.fromEntries(
    await findTwins((statement) => db.$queryRaw(statement), actor, checksums, jobId),
  );
  await db.$executeRaw`
    UPDATE job_rows r SET duplicate_of = told.twin,
      version = r.version + CASE WHEN r.row_number = ${rowNumber}::int THEN 0 ELSE 1 END
    FROM (
      SELECT same.id, CASE WHEN same.problems = '[]' THEN coalesce(
        ${JSON.stringify(twins)}::jsonb -> same.row_checksum,
        CASE WHEN first.row_number < same.row_number
          THEN jsonb_build_object('jobId', same.job_id, 'rowNumber', first.row_number) END) END AS twin
      FROM job_rows same LEFT JOIN (
        SELECT row_checksum, min(row_number) AS row_number FROM job_rows
        WHERE job_id = ${jobId}::uuid AND row_checksum = ANY (${checksums}::text[]) AND problems = '[]'
          AND status NOT IN ('FAILED', 'SKIPPED')
        GROUP BY 1
      ) first USING (row_checksum)
      WHERE same.job_id = ${jobId}::uuid AND same.row_checksum = ANY (${checksums}::text[])
        AND (${withOthers} OR same.row_number = ${rowNumber}::int)) told
    WHERE r.id = told.id AND r.duplicate_of IS DISTINCT FROM told.twin`;
}

/** Most rows that a search finds; ours: more are no answer to a person. */
export const MOST_FOUND = 10_000;

/** Numbers of the first rows of a job in a cell, the prompt, the title or the error message of which a text stands. */
export async function searchRows(db: Reader, jobId: string, text: string): Promise<number[]> {
  const rows = await db.$queryRaw<{ number: number }[]>`
    SELECT row_number AS number FROM job_rows
    WHERE job_id = ${jobId}::uuid AND strpos(lower(concat_ws(E'\n', error_message, input->>'title', input->>'prompt',
      array_to_string(cells, E'\n'))), lower(${text})) > 0
    ORDER BY row_number LIMIT ${MOST_FOUND}`;
  return rows.map(({ number }) => number);
}

/** SHA-256 of what the rows of a job ask for and which of them will start. */
export async function digestRows(db: Reader, jobId: string): Promise<string> {
  const [row] = await db.$queryRaw<{ digest: string }[]>`
    SELECT encode(sha256(convert_to(coalesce(string_agg(
      row_number || ' ' || row_checksum || ' ' || status || ' ' || (problems = '[]'), E'\n' ORDER BY row_number), ''),
      'UTF8')), 'hex') AS digest
    FROM job_rows WHERE job_id = ${jobId}::uuid`;
  return row?.digest ?? '';
}

/** What the rows of a job that can start will cost together, in micro-USD. */
export async function sumRows(db: Reader, jobId: string): Promise<Spread> {
  const [row] = await db.$queryRaw<Record<keyof Spread, bigint>[]>`
    SELECT coalesce(sum(low_micro_usd), 0)::bigint AS low, coalesce(sum(likely_micro_usd), 0)::bigint AS likely,
      coalesce(sum(high_micro_usd), 0)::bigint AS high
    FROM job_rows WHERE job_id = ${jobId}::uuid AND status = 'PENDING' AND problems = '[]' AND duplicate_of IS NULL`;
  return { low: Number(row?.low ?? 0), likely: Number(row?.likely ?? 0), high: Number(row?.high ?? 0) };
}

/** What the first row that can start asks for, for each value of one of its inputs. */
export async function firstOfEach(db: Reader, jobId: string, input: string): Promise<RowInput[]> {
  const rows = await db.$queryRaw<{ input: RowInput }[]>`
    SELECT DISTINCT ON (value) input FROM (
      SELECT input, input->>${input} AS value, row_number FROM job_rows
      WHERE job_id = ${jobId}::uuid AND problems = '[]') told
    ORDER BY value, row_number`;
  return rows.map((row) => row.input);
}

import type { JobRowStatus, PrismaClient, Video } from '../../../generated/prisma/client.ts';
import { modelReader, type Row } from '../../../platform/database/model-reader.ts';
import type { RowProblem } from '../preview/read-row.ts';

/** What is told of a film, and no more: up to 100,000 rows carry it. */
export type RowFilm = Pick<Video, keyof typeof FILM>;

const FILM = {
  id: 'id',
  title: 'title',
  filePath: 'filePath',
  posterPath: 'posterPath',
  publishedUrl: 'publishedUrl',
  durationSeconds: 'durationSeconds',
  fileSizeBytes: 'fileSizeBytes',
  crc32: 'crc32',
  createdAt: 'createdAt',
} as const;

/** A row of a job, and what came of it. */
export type RowResult = {
  rowNumber: number;
  cells: string[];
  /** The title that it asks for; null if for none. */
  title: string | null;
  problems: RowProblem[];
  status: JobRowStatus;
  hasGaps: boolean;
  /** Settled; also of a row that has not ended. */
  costMicroUsd: bigint;
  errorCode: string | null;
  errorMessage: string | null;
  projectId: string | null;
  /** The newest of its project. */
  film: RowFilm | null;
};

/** Numbers of rows that a page is of: bounded on both sides, whatever the planner knows of the table, it reads no others. */
const ROWS = 500;
/** Bytes of a page's cells as the database has them, which may be packed; one row may have more. */
const BYTES = 2 ** 20;

const films = modelReader<RowFilm>(FILM, 'v');

/**
 * The next rows of a job, in order: as many as fit in a little memory, for one row may have a megabyte of text.
 *
 * @param after number of the last row that was read; 0 for none.
 */
export async function readRowsAfter(
  db: Pick<PrismaClient, '$queryRaw'>,
  jobId: string,
  after: number,
): Promise<RowResult[]> {
  const rows = await db.$queryRaw<(Row & Omit<RowResult, 'film'>)[]>`
    WITH near AS (
      SELECT *, pg_column_size(cells) AS bytes FROM job_rows,
        (SELECT min(row_number) AS first FROM job_rows WHERE job_id = ${jobId}::uuid AND row_number > ${after}) next
      WHERE job_id = ${jobId}::uuid AND row_number BETWEEN first AND first + ${ROWS - 1}
    ), r AS (
      SELECT *, sum(bytes) OVER (ORDER BY row_number) - bytes AS before FROM near
    )
    SELECT r.row_number AS "rowNumber", r.cells, r.input ->> 'title' AS title, r.problems, r.status,
      r.has_gaps AS "hasGaps", coalesce(b.settled_micro_usd, r.cost_micro_usd) AS "costMicroUsd",
      r.error_code AS "errorCode", r.error_message AS "errorMessage", r.project_id AS "projectId", ${films.columns}
    FROM r
    LEFT JOIN ledger_balances b ON b.scope = 'job_row:' || r.id
    LEFT JOIN LATERAL (
      SELECT * FROM videos f WHERE f.project_id = r.project_id ORDER BY f.created_at DESC, f.id DESC LIMIT 1
    ) v ON true
    WHERE r.before < ${BYTES}
    ORDER BY r.row_number`;
  return rows.map((row) => ({ ...row, film: films.find(row) }));
}

/** Whether any row of a job has a film. */
export async function hasFilms(db: Pick<PrismaClient, '$queryRaw'>, jobId: string): Promise<boolean> {
  const [found] = await db.$queryRaw<{ has: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM job_rows r JOIN videos v ON v.project_id = r.project_id WHERE r.job_id = ${jobId}::uuid) AS has`;
  return found?.has ?? false;
}

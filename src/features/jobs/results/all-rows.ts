import type { Job, PrismaClient } from '../../../generated/prisma/client.ts';
import { readRowsAfter, type RowResult } from './rows-page.sql.ts';

/**
 * Every row of a job in the order of its sheet, a page at a time: what is taken slowly is read slowly. A row is told as it
 * is when its page is read.
 *
 * @throws {Error} if rows were deleted meanwhile: what was read must not look like all there is.
 */
export async function* allRows(
  db: Pick<PrismaClient, '$queryRaw'>,
  { id, totalRows }: Pick<Job, 'id' | 'totalRows'>,
): AsyncGenerator<RowResult> {
  let [after, read] = [0, 0];
  for (;;) {
    const page = await readRowsAfter(db, id, after);
    const last = page.at(-1);
    if (!last) break;
    yield* page;
    [after, read] = [last.rowNumber, read + page.length];
  }
  if (read < totalRows) throw new Error(`Job ${id} lost rows while they were read.`);
}

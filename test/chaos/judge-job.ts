/** Holds the rows of a job against its counters, its log and the provider's books. */
import { requireId } from '../../src/core/ids.ts';
import { openLog } from '../../src/platform/log.ts';
import { openPlatform } from '../../src/platform/platform.ts';
import type { PaidProviderProcess } from '../support/paid-provider/start.ts';
import { policies } from '../../src/worker/handlers.ts';

/**
 * Looks once nothing is at work any more.
 *
 * @param heard what a subscriber heard of the rows' moves, as `<id> <from> <to>`; not looked at if null.
 * @param lost a prompt for each storyboard that was paid for and is lost.
 */
export async function judgeJob(
  home: { dataDir: string; databaseUrl: string | null },
  provider: PaidProviderProcess,
  jobId: string,
  heard: readonly string[] | null,
  lost: readonly string[],
) {
  const books = await provider.ledger();
  const platform = await openPlatform({ ...home, policies }, openLog('fatal'));
  try {
    const id = requireId('Job', jobId, ['jobId']);
    const job = await platform.db.job.findUniqueOrThrow({ where: { id } });
    const rows = await platform.db.jobRow.findMany({ where: { jobId: id } });
    const notOnce = rows.flatMap(({ rowNumber, input }) => {
      const { prompt } = input as { prompt: string };
      const sold = books.filter(({ kind, subject }) => kind === 'STORYBOARD' && subject === prompt).length;
      const wanted = 1 + lost.filter((one) => one === prompt).length;
      return sold === wanted ? [] : [`row ${rowNumber}: ${sold}, not ${wanted}`];
    });
    const count = (statuses: string[]) => rows.filter(({ status }) => statuses.includes(status)).length;
    const counted: [string, number, number][] = [
      ['totalRows', job.totalRows, rows.length],
      ['successfulRows', job.successfulRows, count(['COMPLETED'])],
      ['failedRows', job.failedRows, count(['FAILED'])],
      ['reviewRows', job.reviewRows, count(['NEEDS_REVIEW'])],
      ['processingRows', job.processingRows, count(['PROCESSING'])],
      ['processedRows', job.processedRows, rows.length - count(['PENDING', 'PROCESSING'])],
    ];
    const miscounted = counted
      .filter(([, told, real]) => told !== real)
      .map(([name, told, real]) => `${name} ${told}, not ${real}`);
    const entries = await platform.db.auditLog.findMany({
      where: { subjectType: 'JobRow', subjectId: { in: rows.map((row) => row.id) } },
      orderBy: { sequence: 'asc' },
    });
    const logged = entries.map(({ subjectId, details }) => {
      const { from, to } = details as { from: string; to: string };
      return `job_row_${subjectId} ${from} ${to}`;
    });
    const told = heard ?? logged;
    const misheard =
      logged.filter((move, index) => move !== told[index]).length + Math.abs(logged.length - told.length);
    return { unfinished: rows.length - count(['COMPLETED']), notOnce, miscounted, misheard };
  } finally {
    await platform.close();
  }
}

/** Jobs as a list, one a line. */
import { ListJobsDocument, type ListJobsQuery, type ListJobsQueryVariables } from '../generated/graphql.ts';
import { printJson } from '../output/json.ts';
import { billWords, dollars } from '../output/money.ts';
import { oneLine } from '../output/text-width.ts';
import type { ApiClient } from '../server/api-client.ts';
import { given } from '../server/refusals.ts';
import type { CommonOptions } from '../server/session.ts';
import { number } from './job-words.ts';

/** Prints jobs, the newest first, and whether there are more. */
export async function listJobs(
  api: ApiClient,
  which: ListJobsQueryVariables,
  { json }: CommonOptions,
): Promise<void> {
  const { edges, totalCount } = given((await api.request(ListJobsDocument, which)).jobs);
  const jobs = edges.map(({ node }) => node);
  if (json) return jobs.forEach(printJson);
  for (const line of tableOf(jobs)) console.log(line);
  if (jobs.length === 0)
    console.error(
      which.status ? 'No job stands so.' : 'No jobs yet. Look at a sheet: vidpipe batch preview films.csv',
    );
  if (totalCount > jobs.length) console.error(`${jobs.length} of ${totalCount}; more with --limit.`);
}

type ListedJob = NonNullable<ListJobsQuery['jobs']>['edges'][number]['node'];

/** Id, status, when it was previewed, rows done of all, failed ones, cost and name, each as wide as the widest; the name last. */
export function tableOf(jobs: readonly ListedJob[]): string[] {
  const cells = jobs.map((job) => [
    job.id,
    job.status,
    job.createdAt,
    `${number(job.processedRows)}/${number(job.totalRows)} done`,
    `${number(job.failedRows)} failed`,
    billWords(job.cost) || dollars(0),
    oneLine(job.name),
  ]);
  const widths =
    cells[0]?.map((_cell, column) => Math.max(...cells.map((line) => line[column]!.length))) ?? [];
  return cells.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}

/** What a person does about the rows of a job that have no result. */
import type { PaidProviderProcess } from '../support/paid-provider/start.ts';
import type { JobClient } from './job-client.ts';

/**
 * Settles what nobody knows with what the provider's own books say, and retries those rows.
 *
 * @param lost gets the prompt of each storyboard that was paid for and is lost.
 * @returns whether all have their result.
 */
export async function lookAfter(
  client: JobClient,
  provider: PaidProviderProcess,
  jobId: string,
  lost: string[],
): Promise<boolean> {
  const { status, totalRows, successfulRows } = await client.job(jobId);
  if (successfulRows === totalRows) return true;
  const waiting = await client.rowsWithout(jobId);
  if (waiting.length === 0) return false;
  const books = await provider.ledger();
  for (const { prompt, unknown } of waiting)
    for (const operationKey of unknown) {
      const sold = books.filter(({ kind, subject }) => kind === 'STORYBOARD' && subject === prompt).length;
      const isCharged = sold > lost.filter((one) => one === prompt).length;
      await client.settle(operationKey, isCharged ? 'WAS_CHARGED' : 'NOT_CHARGED');
      if (isCharged) lost.push(prompt);
    }
  if (status !== 'CANCELLED') await client.retry(jobId);
  return false;
}

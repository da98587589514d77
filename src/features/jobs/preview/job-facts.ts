/** What a person agrees to with a job: two looks that see the same things have the same digest. */
import type { Job } from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { digestOf } from '../../idempotency/idempotency-key.ts';
import { rulesOf } from '../kinds/kinds.ts';
import { digestRows, firstOfEach } from './rows.sql.ts';

/** A fingerprint of each thing that matters, by the name a person is told. */
type JobFacts = Record<string, string>;

/** What changes with a row. */
export const ROWS_FACT = 'the rows';

type Looked = Pick<Job, 'id' | 'kind' | 'mapping' | 'defaults'>;

/** Takes the fingerprints of a job as it is now, and of the prices of now. */
export async function factsOfJob(db: Pick<Tx, '$queryRaw'>, job: Looked): Promise<JobFacts> {
  const rules = rulesOf(job.kind);
  const asked = await firstOfEach(db, job.id, rules.pricedBy);
  const facts = {
    [ROWS_FACT]: { rows: await digestRows(db, job.id) },
    'the mapping': { mapping: job.mapping, defaults: job.defaults },
    ...rules.facts(asked),
  };
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [name, digestOf(fact as Record<string, unknown>)]),
  );
}

/** Hexadecimal digits of each in a digest: enough that no two things look the same by chance. */
const DIGITS = 16;

const partsOf = (facts: JobFacts): [name: string, part: string][] =>
  Object.entries(facts)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, fact]) => [name, fact.slice(0, DIGITS)]);

/** One digest of all of them, a part for each: it tells by itself what has changed since. */
export const digestOfFacts = (facts: JobFacts): string =>
  partsOf(facts)
    .map(([, part]) => part)
    .join('-');

/** Names of what differs from what a digest stands for; null if it is none of such a job. */
export function changedSince(digest: string, now: JobFacts): string[] | null {
  const before = digest.split('-');
  const parts = partsOf(now);
  if (before.length !== parts.length) return null;
  return parts.filter(([, part], index) => part !== before[index]).map(([name]) => name);
}

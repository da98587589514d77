/** What a person agrees to with a job: two looks that see the same things have the same digest. */
import type { Job } from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { digestOf } from '../../idempotency/idempotency-key.ts';
import { rulesOf } from '../kinds/kinds.ts';
import { digestRows, firstOfEach } from './rows.sql.ts';

/** A fingerprint of each thing that matters, by the name a person is told. */
type JobFacts = Record<string, string>;

type Looked = Pick<Job, 'id' | 'kind' | 'mapping' | 'defaults'>;

/** Takes the fingerprints of a job as it is now, and of the prices of now. */
export async function factsOfJob(db: Pick<Tx, '$queryRaw'>, job: Looked): Promise<JobFacts> {
  const rules = rulesOf(job.kind);
  const asked = await firstOfEach(db, job.id, rules.pricedBy);
  const facts = {
    'the rows': { rows: await digestRows(db, job.id) },
    'the mapping': { mapping: job.mapping, defaults: job.defaults },
    ...rules.facts(asked),
  };
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [name, digestOf(fact as Record<string, unknown>)]),
  );
}

/** One digest of all of them. */
export const digestOfFacts = (facts: JobFacts): string => digestOf(facts);

/** Names of what differs. */
export const changedFacts = (before: unknown, now: JobFacts): string[] =>
  Object.keys(now).filter((name) => (before as JobFacts)[name] !== now[name]);

/** A job none of whose rows can start for now, for what passes by itself: it says so, and is tried again ever more rarely. */
import type { DomainError } from '../../../core/errors.ts';
import type { Job } from '../../../generated/prisma/client.ts';
import type { Actor } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { jobStates, NOT_WAITING } from '../job-states.ts';
import { timeNow } from './jobs.sql.ts';

/** Ours: what is busy for a moment is free again then. */
const SHORTEST_MS = 10_000;
/** Ours: nobody waits much longer than what they wait for lasts. */
const LONGEST_MS = 10 * 60_000;

/** As long as it has waited already: each time twice as long. Milliseconds. */
export const delayAfter = (waitedMs: number): number => Math.min(LONGEST_MS, Math.max(SHORTEST_MS, waitedMs));

/**
 * Puts the next start of a job at work off, within `tx`, and says why; the caller holds the job. Told in the log once for
 * each reason, however often it is tried.
 */
export async function putOff(tx: Tx, actor: Actor, job: Job, { code, message }: DomainError): Promise<void> {
  const now = await timeNow(tx);
  const isNew = job.waitingSince === null || job.errorCode !== code;
  const waitingSince = job.waitingSince ?? now;
  const waitsUntil = new Date(now.getTime() + delayAfter(now.getTime() - waitingSince.getTime()));
  const data = { errorCode: code, errorMessage: message, waitingSince, waitsUntil };
  if (!isNew) {
    await tx.job.update({ where: { id: job.id }, data: { ...data, version: { increment: 1 } } });
    return;
  }
  const told = `No row can start; it is tried again by itself, from ${waitsUntil.toJSON()} on: ${message}`;
  await jobStates.change(tx, actor, job, data, { message: told });
}

/** Forgets within `tx` that a job waited, once a row of it starts. */
export async function waitNoMore(tx: Tx, actor: Actor, job: Job): Promise<void> {
  if (job.waitingSince === null) return;
  await jobStates.change(tx, actor, job, NOT_WAITING, { message: 'Rows start again.' });
}

import type { JobRowStatus, JobStatus } from '../../generated/prisma/client.ts';
import { scopesOf } from '../../core/scopes.ts';
import { defineStates } from '../audit/log/states.ts';

/** What happened, in a sentence. */
type Cause = { message: string };
type JobCause = Cause & { isDeleted?: true };

/** Where a job may go (DOMAIN, Batch). What has ended goes on once rows of it are retried. */
export const jobStates = defineStates<'Job', JobStatus, JobCause>({
  type: 'Job',
  title: 'A job',
  transitions: {
    PENDING: ['RUNNING', 'CANCELLED'],
    RUNNING: ['PAUSED', 'COMPLETED', 'FAILED', 'CANCELLED'],
    PAUSED: ['RUNNING', 'CANCELLED'],
    COMPLETED: ['RUNNING'],
    FAILED: ['RUNNING'],
    CANCELLED: [],
  },
  tell: ({ id, status, errorCode }, from, { message, isDeleted }) => ({
    scopes: scopesOf({ Job: id }),
    level: status === 'FAILED' ? 'ERROR' : errorCode === null ? 'INFO' : 'WARNING',
    message,
    details: { from, to: isDeleted ? null : status, ...(errorCode !== null && { errorCode }) },
  }),
});

/** Where a row of a job may go (DOMAIN, Batch). */
export const rowStates = defineStates<'JobRow', JobRowStatus, Cause>({
  type: 'JobRow',
  title: 'A row of a job',
  transitions: {
    PENDING: ['PROCESSING', 'FAILED', 'SKIPPED'],
    PROCESSING: ['PENDING', 'COMPLETED', 'FAILED', 'NEEDS_REVIEW', 'SKIPPED'],
    COMPLETED: [],
    FAILED: ['PENDING', 'SKIPPED'],
    NEEDS_REVIEW: ['PENDING', 'SKIPPED'],
    SKIPPED: ['PENDING'],
  },
  tell: ({ id, jobId, projectId, runId, rowNumber, status, hasGaps, errorCode }, from, { message }) => ({
    scopes: scopesOf({ JobRow: id, Job: jobId, Project: projectId, PipelineRun: runId }),
    eventType: 'ROW_EVENT',
    level: levelOf(status, hasGaps),
    message: `Row ${rowNumber}: ${message}`,
    details: { from, to: status, rowNumber, ...(errorCode !== null && { errorCode }) },
  }),
});

const levelOf = (status: JobRowStatus, hasGaps: boolean) =>
  status === 'FAILED' ? 'ERROR' : status === 'NEEDS_REVIEW' || hasGaps ? 'WARNING' : 'INFO';

/** What a job forgets whose rows start again. */
export const NOT_WAITING = { errorCode: null, errorMessage: null, waitingSince: null, waitsUntil: null };

/** What a job forgets that goes on. */
export const NOT_STOPPED = { ...NOT_WAITING, heldScopes: [], heldMicroUsd: null };

/** Rows that are moved in one transaction: more would keep others waiting for their numbers in the log. Ours. */
export const ROWS_AT_ONCE = 1_000;

/** A number that no row has: `leftOutTo` of a job whose rows have all been looked at. */
export const PAST_ALL_ROWS = 2_147_483_647;

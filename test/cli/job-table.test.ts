import { expect, test } from 'vitest';
import { tableOf } from '../../src/cli/batch/job-table.ts';

type Job = Parameters<typeof tableOf>[0][number];

const CREATED = '2026-11-21T20:15:00.000Z';
const bill = { settledMicroUsd: 0, estimatedMicroUsd: 0, reservedMicroUsd: 0, unknownMicroUsd: 0 };

const job = (more: Partial<Job>) =>
  ({
    createdAt: CREATED,
    processedRows: 0,
    failedRows: 0,
    cost: { ...bill, maxCostCents: null },
    ...more,
  }) as Job;

test('jobs stand below each other, each column as wide as its widest', () => {
  const lines = tableOf([
    job({ id: 'job_a', status: 'RUNNING', totalRows: 12, name: 'Tonight' }),
    job({
      id: 'job_b',
      status: 'COMPLETED',
      totalRows: 2_000,
      processedRows: 2_000,
      failedRows: 3,
      name: 'A\u001B[2Jll\nof it',
      cost: { ...bill, settledMicroUsd: 1_200_000, maxCostCents: null },
    }),
  ]);
  expect(lines).toEqual([
    `job_a  RUNNING    ${CREATED}  0/12 done         0 failed  $0.00        Tonight`,
    `job_b  COMPLETED  ${CREATED}  2,000/2,000 done  3 failed  $1.20 spent  A [2Jll of it`,
  ]);
});

test('no jobs are no lines', () => {
  expect(tableOf([])).toEqual([]);
});

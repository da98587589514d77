import { expect, test } from 'vitest';
import { rowsPerMinute, secondsLeft } from '../../src/features/jobs/pace.ts';

const NOW = new Date('2026-12-01T12:10:00Z');
const job = (more: object) => ({
  startedAt: new Date('2026-12-01T12:00:00Z'),
  completedAt: null,
  totalRows: 100,
  processedRows: 50,
  processingRows: 4,
  skippedRows: 5,
  invalidRows: 5,
  ...more,
});

test('the pace of a job is that of the rows that ended, those aside that were left out', () => {
  expect(rowsPerMinute(job({}), NOW)).toBe(4);
  expect(secondsLeft(job({}), NOW)).toBe(750);
});

test('nobody knows the pace before the first row has ended, and nothing is left once all have', () => {
  expect(rowsPerMinute(job({ processedRows: 10 }), NOW)).toBeNull();
  expect(secondsLeft(job({ processedRows: 10 }), NOW)).toBeNull();
  expect(
    secondsLeft(job({ startedAt: null, processedRows: 0, skippedRows: 0, invalidRows: 0 }), NOW),
  ).toBeNull();
  expect(secondsLeft(job({ processedRows: 100, processingRows: 0 }), NOW)).toBe(0);
});

import type { ErrorCode, InputIssue } from '../../core/errors.ts';

/** A failure as it crosses the process boundary. */
export type ChildFailure = { code: ErrorCode; message: string; issues: InputIssue[] };

/** What a child tells its parent: any number of progress reports and signs of life, then one result or one failure. */
export type ChildMessage =
  | { kind: 'progress'; share: number }
  | { kind: 'working' }
  | { kind: 'result'; result: unknown; /** Whether the child waits for another job. */ stays: boolean }
  | { kind: 'failure'; failure: ChildFailure };

/** A warm child that has used this much takes no job more: what leaks in native code leaks for so long only. */
export const RETIRE_AFTER_CPU_SECONDS = 120;

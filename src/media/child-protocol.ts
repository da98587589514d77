import type { ErrorCode, InputIssue } from '../core/errors.ts';

/** A failure as it crosses the process boundary. */
export type ChildFailure = { code: ErrorCode; message: string; issues: InputIssue[] };

/** What a child tells its parent: any number of progress reports, then one result or one failure. */
export type ChildMessage =
  | { kind: 'progress'; share: number }
  | { kind: 'result'; result: unknown }
  | { kind: 'failure'; failure: ChildFailure };

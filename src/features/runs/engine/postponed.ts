import type { ErrorCode } from '../../../core/errors.ts';
import { messageOf } from '../../../core/outside-text.ts';

/** Why a step waits, for a person who wonders. */
export type WhyPostponed = { code: ErrorCode; reason: string };

/** The step must wait: a call of its kind may be made at `at`. */
export class Postponed extends Error {
  override readonly name = 'Postponed';
  readonly at: Date;
  /** Null for a wait that is over before anybody wonders. */
  readonly why: WhyPostponed | null;

  constructor(at: Date, why: WhyPostponed | null = null) {
    super(`Not before ${at.toISOString()}.`);
    this.at = at;
    this.why = why;
  }
}

/** The work was done, and what came of it could not be written. */
export class NotStored extends Error {
  override readonly name = 'NotStored';

  constructor(cause: unknown) {
    super(`The answer could not be stored: ${messageOf(cause)}`, { cause });
  }
}

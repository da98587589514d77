import { DomainError } from '../../core/errors.ts';

/** Nobody knows whether a paid call was charged: it is not made again until a person says. */
export class OutcomeUnknown extends DomainError {
  readonly operationKey: string;
  /** Why nobody knows, in words that fit into parentheses. */
  readonly why: string;

  constructor(operationKey: string, why: string, options: ErrorOptions = {}) {
    const message = `Nobody knows whether the provider charged the call ${operationKey} (${why}); look there, then settle it with settleUnknownCall.`;
    super('OUTCOME_UNKNOWN', message, options);
    this.operationKey = operationKey;
    this.why = why;
  }
}

/** An earlier call for the same was never answered, as far as this process knows: another may hold the answer still. */
export class AnswerMissing extends OutcomeUnknown {
  constructor(operationKey: string) {
    super(operationKey, 'its answer was never stored: the process that made it died, or was stopped');
  }
}

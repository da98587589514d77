import { withoutPlaces } from './without-places.ts';

/** Every failure a client may branch on. Anything else reaches clients as `INTERNAL`. */
export const ERROR_CODES = {
  INVALID_INPUT: 'A value is not acceptable; `issues` or `path` names the field and what would be.',
  UNAUTHENTICATED: 'The server asks for an API key, and there was none that holds; send one that does.',
  NOT_FOUND: 'No such object, or not yours.',
  RUN_IN_PROGRESS: 'The project has a live run; wait for it to end.',
  NOTHING_TO_STITCH: 'The project has no finished clip; launch a run that makes clips first.',
  ALREADY_COMPLETE: 'The project has its film; there is nothing left to run.',
  RUN_ENDED: 'The run has ended; launch another one on what it worked on.',
  SCENE_COMPLETE: 'The scene has its clip and its project a live run; wait for its end.',
  BUDGET_EXCEEDED:
    'A cap has no room for the next call, which was not made; raise the cap, and the run goes on by itself.',
  OUTCOME_UNKNOWN:
    'Nobody knows whether it happened. A call to a provider: look there, then settle it with `settleUnknownVideoClip` or `settleUnknownCall`. A mutation whose end the database did not tell: send it again with the same `idempotencyKey`; without one, read first whether it was done.',
  OVERLOADED:
    'The server is overloaded or waits for its database; what `path` names was not done. Try again after `extensions.retryAfterSeconds`.',
  OUTCOME_KNOWN: 'What became of the call is known; there is nothing to settle.',
  SAFETY_FILTERED: "The provider's safety filter refused the clip; retry the scene with other words.",
  TIMED_OUT: 'The provider did not finish in time; a resumed run asks again, without buying anew.',
  VIDEO_CLIP_LOST: 'A clip was paid for and is not to be had; retry the scene to buy another.',
  ALREADY_REPLAYED: 'The dead letter was put back to work before.',
  TRANSCRIPT_EXISTS: 'The video has a transcript; delete it with `deleteTranscript` to make another.',
  NO_TRANSCRIPT_SOURCE:
    'There is nothing that words of the video may come from; the message tells each source, why not, and the way out.',
  NOTHING_SAID:
    'Nobody is heard speaking in the video; bring subtitles with `createTranscript` if somebody does.',
  VERSION_STALE: 'It was changed since you read it; read it again, then change what it is now.',
  PLAN_STALE: 'The plan no longer holds; the message says what changed since. Plan the run again.',
  JOB_STATE:
    'The job, or a row of it, does not stand where this can be done; the message says where it stands.',
  IDEMPOTENCY_CONFLICT: 'The idempotency key was used for a different request; choose a new one.',
  CURSOR_EXPIRED:
    'The log no longer reaches back to this cursor, or was put back to before it; read the current state and subscribe without one.',
  SUBSCRIPTION_OVERFLOW: 'The client read too slowly; subscribe again with the last cursor it saw.',
  TOO_MANY_OPERATIONS:
    'There are too many operations at once on the socket, or live ones take too much memory; complete some first.',
  TOO_MANY_SOCKETS:
    'The API key, or the server, has as many sockets and streams as it may; close some, or come back later.',
  TOO_MANY_WEBHOOKS: 'The workspace has as many webhooks as it may; delete one first.',
  TOO_MANY_UPLOADS:
    'The workspace has as many uploads as it may; bring them in, or end those that are no longer wanted.',
  SECRET_KEY_MISSING:
    'The server has no key to keep secrets with; set VIDPIPE_SECRET_KEY in every process and restart.',
  QUERY_TOO_COMPLEX: 'The operation may ask for too much at once; ask for less, or in pages.',
  INSUFFICIENT_DISK: 'The disk has too little room for this run; free some space and launch again.',
  STORYBOARD_INVALID:
    'The model gave no usable storyboard in three tries; its last answer is kept on the project.',
  PROVIDER_NOT_CONFIGURED:
    'The provider has no key or credentials on this server; set them and restart, or choose another one.',
  PROVIDER_FAILED: 'The provider could not make a frame or a clip; the message says why.',
  PROVIDER_QUOTA: "The provider's quota is used up; wait, or ask it for more.",
  PROVIDER_BILLING: "The provider's account cannot pay; enable or mend its billing there.",
  PROVIDER_PERMISSION: 'The key or credentials may not do this; mend them, or their rights at the provider.',
  MODEL_NOT_FOUND: 'The provider has no such model here; choose another one in the settings.',
  INTERFACE_GONE:
    'The provider no longer takes requests in the form this release sends; install one that speaks the new form.',
  REQUEST_REJECTED: 'The provider does not accept the request as it is; its message says what is wrong.',
  PROMPT_BLOCKED:
    "The provider's safety filter refused the words; begin a project with others, or retry the scene with others.",
  PROVIDER_UNAVAILABLE: 'The provider could not be reached or is overloaded; try again later.',
  SOURCE_FAILED:
    'What was to be brought in from outside could not be fetched, or is no film; the message says why.',
  MEDIA_FAILED: 'A media file could not be read or written; the message says why.',
  INTERNAL: 'A bug or an outage on our side; the server log has it under `extensions.errorId`.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** What is wrong with one field of an input. */
export type InputIssue = {
  /** From the input's root: `['prompt']`, `['scenes', '0', 'narration']`. */
  path: string[];
  /** Says what would be accepted. */
  message: string;
};

/** A failure the caller can act on. `message` is safe to show to a person: paths of this machine are taken out here. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  /**
   * Field of the input it is about, from the input's root; null if about none.
   * Not `path`: graphql-js takes an error with one for its own, and leaves the response's path out.
   */
  readonly inputPath: string[] | null;

  constructor(code: ErrorCode, message: string, options: ErrorOptions & { path?: string[] } = {}) {
    super(withoutPlaces(message), options);
    this.code = code;
    this.inputPath = options.path ?? null;
  }
}

/** Input that was refused, with every issue found, not just the first. */
export class InvalidInputError extends DomainError {
  readonly issues: InputIssue[];

  constructor(issues: [InputIssue, ...InputIssue[]]) {
    const [first] = issues;
    super('INVALID_INPUT', issues.map(describeIssue).join(' '), { path: first.path });
    this.issues = issues;
  }
}

/** Ends a subscription whose client reads too slowly. */
export class SubscriptionOverflowError extends DomainError {
  /** Place in the log up to which the client was given everything. */
  readonly cursor: string;

  constructor(cursor: string) {
    super('SUBSCRIPTION_OVERFLOW', `Too much happened unread; subscribe again with after: "${cursor}".`);
    this.cursor = cursor;
  }
}

/**
 * Goes on if there is nothing wrong.
 *
 * @throws {InvalidInputError} with all of `issues`, if there are any.
 */
export function refuseIssues([first, ...others]: InputIssue[]): void {
  if (first) throw new InvalidInputError([first, ...others]);
}

const describeIssue = ({ path, message }: InputIssue) =>
  path.length > 0 ? `${path.join('.')}: ${message}` : message;
